using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Gengdu.Identity.Tests.Protocol;

/// <summary>AS-N39: with https outside, each cookie is for https and this path alone, though requests arrive over http.</summary>
public sealed class HttpsPagesTests(HttpsPagesTests.Fixture fixture) : IClassFixture<HttpsPagesTests.Fixture>
{
    [Fact]
    public async Task SignIn_OverHttps_SetsSecureCookiesOnly()
    {
        // The browser speaks https, the gateway's call behind it does not.
        using var http = fixture.Host.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = new Uri("https://localhost") });
        using var browser = new Browser(null!, http);
        var first = await browser.GetAsync("/identity/account");
        var page = await browser.FollowAsync(first);
        var answer = await browser.FillInAsync(page, IdentityHost.AdministratorName, IdentityHost.AdministratorPassword);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var cookies = first.Headers.GetValues("Set-Cookie").Concat(answer.Headers.GetValues("Set-Cookie")).ToList();
        Assert.All((string[])["__Secure-gengdu-sign-in=", "__Secure-gengdu-browser=", "__Secure-gengdu-form="], name => Assert.Contains(cookies, c => c.StartsWith(name, StringComparison.Ordinal)));
        Assert.All(cookies, c => Assert.StartsWith("__Secure-", c, StringComparison.Ordinal));
        Assert.All(cookies, c => Assert.Contains("secure;", c.ToLowerInvariant(), StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await browser.FollowAsync(answer)).StatusCode);
    }

    private sealed class HttpsHost : IdentityHost
    {
        protected override void Configure(IDictionary<string, string?> settings)
        {
            base.Configure(settings);
            settings["Identity:Issuer"] = "https://gengdu.test/identity";
            settings["Identity:GatewayAddress"] = "https://gengdu.test";
        }
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal IdentityHost Host { get; } = new HttpsHost();

        public ValueTask InitializeAsync() => Host.InitializeAsync();

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
