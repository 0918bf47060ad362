using System.Net;

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
    }

    private async Task<HttpStatusCode> TryAsync(string userName, string password)
    {
        using var browser = _host.Browser();
        return (await browser.PasswordAsync(userName, password)).StatusCode;
    }

    private sealed class SlowingHost : ProtocolHost
    {
        protected override void Configure(IDictionary<string, string?> settings)
        {
            base.Configure(settings);
            settings["Identity:SignIn:AddressFailures"] = "3";
        }
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal ProtocolHost Host { get; } = new SlowingHost();

        public ValueTask InitializeAsync() => Host.InitializeAsync();

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
