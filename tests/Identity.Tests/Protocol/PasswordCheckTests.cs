using System.Net;
using Gengdu.Identity.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Gengdu.Identity.Tests.Protocol;

/// <summary>AS-N37: every refusal costs the same work, so that its time tells nothing.</summary>
public sealed class PasswordCheckTests(PasswordCheckTests.Fixture fixture) : IClassFixture<PasswordCheckTests.Fixture>
{
    private const string Password = "a good password";
    private readonly CountingHost _host = fixture.Host;

    [Theory]
    [InlineData("known", "wrong password")]
    [InlineData("nobody", Password)]
    [InlineData("locked", Password)]
    [InlineData("disabled", Password)]
    [InlineData("invited", "wrong password")]
    public async Task Post_AnyRefusal_HashesOnceAndCountsOnce(string kind, string password)
    {
        var userName = $"work-{kind}";
        if (kind != "nobody")
        {
            var id = await _host.PersonAsync("reporter", "130102", userName, kind == "invited" ? null : Password);
            using var administrator = _host.Administrator;
            if (kind == "disabled")
            {
                (await administrator.PutAsync(Arranging.At($"/api/identity/people/{id}/disabled"), null)).EnsureSuccessStatusCode();
            }
        }

        using var browser = _host.Browser();
        for (var i = 0; kind == "locked" && i < 5; i++)
        {
            await browser.PasswordAsync(userName, "wrong password");
        }

        var page = await browser.FollowAsync(await browser.AuthorizeAsync());
        var (hashed, counted) = (_host.Hasher.Verified, await CountedAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.FillInAsync(page, userName, password)).StatusCode);
        Assert.Equal(hashed + 1, _host.Hasher.Verified);
        Assert.Equal(counted + 1, await CountedAsync());
    }

    private Task<int> CountedAsync() => _host.InDatabaseAsync(db => db.SignInFailures.SumAsync(f => f.Failed));

    internal sealed class CountingHost : ProtocolHost
    {
        public Counting Hasher { get; } = new();

        protected override void ConfigureServices(IServiceCollection services)
        {
            base.ConfigureServices(services);
            services.AddSingleton<IPasswordHasher<Person>>(Hasher);
        }
    }

    internal sealed class Counting() : PasswordHasher<Person>(Options.Create(new PasswordHasherOptions { IterationCount = 1000 }))
    {
        private int _verified;

        public int Verified => Volatile.Read(ref _verified);

        public override PasswordVerificationResult VerifyHashedPassword(Person user, string hashedPassword, string providedPassword)
        {
            Interlocked.Increment(ref _verified);
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal CountingHost Host { get; } = new();

        public ValueTask InitializeAsync() => Host.InitializeAsync();

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
