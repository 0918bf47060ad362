using System.Diagnostics;
using System.Net;
using Gengdu.Gateway.Limits;
using Gengdu.Gateway.Tests.Running;

namespace Gengdu.Gateway.Tests;

public sealed class LoadSheddingTests(LoadSheddingTests.Fixture fixture) : IClassFixture<LoadSheddingTests.Fixture>
{
    private readonly GatewayHost _host = fixture.Host;

    [Fact]
    public async Task Analytics_Full_IsRefusedSoon_WhileReportsGoThrough()
    {
        using var browser = _host.Browser();
        var busy = Enumerable.Range(0, 2).Select(_ => browser.GetAsync("/api/analytics/x?slow", Tokens.For("analytics"))).ToArray();
        await Task.Delay(300);
        var watch = Stopwatch.StartNew();
        var refused = await browser.GetAsync("/api/analytics/x", Tokens.For("analytics"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "GW-0005"), (refused.StatusCode, await Browser.CodeAsync(refused)));
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.InRange(watch.Elapsed, TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(5));
        Assert.Equal(HttpStatusCode.OK, (await browser.SendAsync(HttpMethod.Post, "/api/reporting/x", new { }, Tokens.For("reporting"))).StatusCode);
        await Task.WhenAll(busy);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/analytics/x", Tokens.For("analytics"))).StatusCode);
    }

    [Fact]
    public async Task Bearer_BeyondItsBucket_Is429()
    {
        using var browser = _host.Browser();
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => browser.GetAsync("/api/reporting/x", Tokens.For("reporting", "noisy"))));
        var refused = answers.First(answer => !answer.IsSuccessStatusCode);
        Assert.Equal((HttpStatusCode.TooManyRequests, "GW-0004"), (refused.StatusCode, await Browser.CodeAsync(refused)));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/reporting/x", Tokens.For("reporting", "quiet"))).StatusCode);
    }

    [Theory]
    [InlineData("reporting", "PATCH", nameof(TrafficClass.Intake))]
    [InlineData("reporting", "GET", nameof(TrafficClass.Read))]
    [InlineData("supervision", "POST", nameof(TrafficClass.Review))]
    [InlineData("identity", "POST", nameof(TrafficClass.Review))]
    [InlineData("identity", "GET", nameof(TrafficClass.Read))]
    [InlineData("analytics", "GET", nameof(TrafficClass.Analytics))]
    [InlineData("analytics", "POST", nameof(TrafficClass.Analytics))]
    public void Of_PutsReportsFirst(string service, string method, string expected) => Assert.Equal(expected, TrafficClasses.Of(service, method, null).ToString());

    [Fact]
    public void Of_RouteThatNamesItsClass_IsOfThat() => Assert.Equal(TrafficClass.Export, TrafficClasses.Of("reporting", "POST", "export"));

    public sealed class Fixture : IAsyncLifetime
    {
        internal GatewayHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Host = await GatewayHost.StartAsync(
            ("Gateway:Limits:Analytics:AtOnce", "2"), ("Gateway:Limits:QueueMilliseconds", "300"), ("ReverseProxy:Routes:analytics:Timeout", "00:00:08"),
            ("Gateway:Limits:Bearer:PerSecond", "10"), ("Gateway:Limits:Bearer:Burst", "10"));

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
