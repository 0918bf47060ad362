using System.Net;
using Gengdu.Gateway.Tests.Running;

namespace Gengdu.Gateway.Tests;

/// <summary>The data feed goes by keys of its own: with Basic, without the browser's session, and nowhere else.</summary>
public sealed class FeedRouteTests(FeedRouteTests.Fixture fixture) : IClassFixture<FeedRouteTests.Fixture>
{
    private const string Key = "Basic dXNlcjpzZWNyZXQ=";
    private readonly GatewayHost _host = fixture.Host;

    [Theory]
    [InlineData("/api/analytics/feed")]
    [InlineData("/api/analytics/feed/")]
    [InlineData("/api/analytics/feed/$metadata")]
    [InlineData("/api/analytics/feed/Figures?$top=5")]
    [InlineData("/api/analytics/feed/Figures/$count")]
    public async Task Feed_WithAKey_GoesThroughWithItAlone(string path)
    {
        using var browser = _host.Browser();
        var seen = await Seen.ReadAsync(await browser.GetAsync(path, ("Authorization", Key), ("Cookie", "a=b")));
        Assert.Equal((Key, null, path.Split('?')[0]), (seen.Header("Authorization"), seen.Header("Cookie"), seen.Path));
        Assert.Equal((new Uri(_host.Address).Authority, "http"), (seen.Header("X-Forwarded-Host"), seen.Header("X-Forwarded-Proto")));
    }

    [Fact]
    public async Task Feed_OfSomebodySignedIn_IsReadByTheKeyAndNotByTheSession()
    {
        using var browser = _host.Browser();
        await browser.SignInAsync();
        var refused = await browser.GetAsync("/api/analytics/feed/Figures");
        Assert.Equal((HttpStatusCode.Unauthorized, "GW-0013"), (refused.StatusCode, await Browser.CodeAsync(refused)));
        var seen = await Seen.ReadAsync(await browser.GetAsync("/api/analytics/feed/Figures", ("Authorization", Key)));
        Assert.Equal((Key, null), (seen.Header("Authorization"), seen.Header("Cookie")));
    }

    [Fact]
    public async Task Feed_WithoutAKey_IsAskedForOne_AsExcelKnowsIt()
    {
        using var browser = _host.Browser();
        foreach (var headers in new (string, string)[][] { [], [Tokens.For("analytics")], [("Authorization", "Basic")], [("Authorization", $"Basic {new string('a', 400)}")] })
        {
            var refused = await browser.SendAsync(HttpMethod.Get, "/api/analytics/feed/Cycles", null, headers);
            Assert.Equal((HttpStatusCode.Unauthorized, "GW-0013"), (refused.StatusCode, await Browser.CodeAsync(refused)));
            Assert.Equal("Basic", refused.Headers.WwwAuthenticate.Single().Scheme);
        }
    }

    [Theory]
    [InlineData("GET", "/api/analytics/cycles")]
    [InlineData("GET", "/api/analytics/feed-keys")]
    [InlineData("GET", "/api/analytics/feedback")]
    [InlineData("GET", "/api/analytics/feed/../cycles")]
    [InlineData("POST", "/api/analytics/feed/Figures")]
    [InlineData("DELETE", "/api/analytics/feed/Figures")]
    [InlineData("GET", "/api/reporting/reports")]
    public async Task Neighbours_TakeNoKey(string method, string path)
    {
        using var browser = _host.Browser();
        var refused = await browser.SendAsync(new(method), path, null, ("Authorization", Key));
        Assert.Equal((HttpStatusCode.Unauthorized, "GW-0006"), (refused.StatusCode, await Browser.CodeAsync(refused)));
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal GatewayHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Host = await GatewayHost.StartAsync();

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}

/// <summary>Apart, because it uses up what the address has.</summary>
public sealed class WrongFeedKeyTests(WrongFeedKeyTests.Fixture fixture) : IClassFixture<WrongFeedKeyTests.Fixture>
{
    [Fact]
    public async Task Keys_ThatTheServiceRefuses_AreTriedSoOftenAndNoMore()
    {
        using var browser = fixture.Host.Browser();
        for (var n = 0; n < 3; n++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/analytics/feed/Cycles?refuse", ("Authorization", $"Basic {n}aaaaaaa"))).StatusCode);
        }

        var stopped = await browser.GetAsync("/api/analytics/feed/Cycles", ("Authorization", "Basic good"));
        Assert.Equal((HttpStatusCode.TooManyRequests, "GW-0014"), (stopped.StatusCode, await Browser.CodeAsync(stopped)));
        Assert.True(stopped.Headers.RetryAfter!.Delta >= TimeSpan.FromMinutes(1));
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal GatewayHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Host = await GatewayHost.StartAsync(("Gateway:Limits:WrongKeys", "3"));

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
