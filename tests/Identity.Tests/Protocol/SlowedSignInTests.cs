using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Gengdu.Identity.Tests.Protocol;

/// <summary>An address with many failures is slowed down; browsers that are known there are not.</summary>
public sealed class SlowedSignInTests(SlowedSignInTests.Fixture fixture) : IClassFixture<SlowedSignInTests.Fixture>
{
    private const string Password = "a good password";
    private readonly ProtocolHost _host = fixture.Host;

    [Fact]
    public async Task Post_AfterManyFailuresOfTheAddress_StrangersWaitAndKnownBrowsersDoNot()
    {
        await _host.PersonAsync("reporter", "130102", "slowed-1", Password);
        await _host.PersonAsync("reporter", "130102", "slowed-2", Password);
        using var known = _host.Browser();
        await known.CodeAsync("slowed-1", Password);
        for (var i = 0; i < 3; i++)
        {
            await TryAsync($"nobody-{i}", "wrong");
        }

        var strangers = Enumerable.Range(0, 8).Select(_ => TryAsync("slowed-2", Password)).ToArray();
        await Task.WhenAny(Task.WhenAll(strangers[..]), Task.Delay(TimeSpan.FromSeconds(2)));
        Assert.Contains(strangers, one => !one.IsCompleted);
        Assert.Equal(HttpStatusCode.SeeOther, (await known.PasswordAsync("slowed-1", Password, ("prompt", "login"))).StatusCode);
        for (var i = 0; i < 200 && strangers.Any(one => !one.IsCompleted); i++)
        {
            _host.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(50);
        }

        var statuses = await Task.WhenAll(strangers);
        Assert.Contains(HttpStatusCode.SeeOther, statuses);
        Assert.All(statuses, status => Assert.Contains(status, (HttpStatusCode[])[HttpStatusCode.SeeOther, HttpStatusCode.ServiceUnavailable]));
        _host.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(HttpStatusCode.SeeOther, await TryAsync("slowed-2", Password));
        _host.Clock.Advance(TimeSpan.FromMinutes(11));
    }

    /// <summary>The gateway says whose request it is; from anybody else the header is air.</summary>
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("198.51.100.9", false)]
    public async Task Post_ForwardedAddress_CountsFromTheGatewayAlone(string sender, bool counts)
    {
        await _host.PersonAsync("reporter", "130102", $"forwarded-{counts}", Password);
        for (var i = 0; i < 3; i++)
        {
            await TryAsync($"nobody-{i}", "wrong", sender, "203.0.113.7");
        }

        var others = Enumerable.Range(0, 2).Select(_ => TryAsync($"forwarded-{counts}", Password, sender, "203.0.113.8")).ToArray();
        if (!counts)
        {
            await Task.WhenAny(Task.WhenAll(others), Task.Delay(TimeSpan.FromSeconds(3)));
            Assert.Contains(others, one => !one.IsCompleted);
            _host.Clock.Advance(TimeSpan.FromSeconds(3));
        }

        Assert.All(await Task.WhenAll(others).WaitAsync(TimeSpan.FromSeconds(60)), status => Assert.Equal(HttpStatusCode.SeeOther, status));
        _host.Clock.Advance(TimeSpan.FromMinutes(11));
    }

    private async Task<HttpStatusCode> TryAsync(string userName, string password, string? sender = null, string? forwarded = null)
    {
        using var browser = _host.Browser();
        if (sender is not null)
        {
            browser.Headers.Add(Senders.Header, sender);
            browser.Headers.Add("X-Forwarded-For", forwarded);
        }

        return (await browser.PasswordAsync(userName, password)).StatusCode;
    }

    private sealed class SlowingHost : ProtocolHost
    {
        protected override void Configure(IDictionary<string, string?> settings)
        {
            base.Configure(settings);
            settings["Identity:SignIn:AddressFailures"] = "3";
        }

        protected override void ConfigureServices(IServiceCollection services)
        {
            base.ConfigureServices(services);
            services.AddSingleton<IStartupFilter, Senders>();
        }
    }

    /// <summary>The test server has no connections: a header says who is at the other end of one.</summary>
    private sealed class Senders : IStartupFilter
    {
        public const string Header = "Test-Sender";

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.TryParse(context.Request.Headers[Header], out var sender) ? sender : null;
                return following(context);
            });
            next(app);
        };
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal ProtocolHost Host { get; } = new SlowingHost();

        public ValueTask InitializeAsync() => Host.InitializeAsync();

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
