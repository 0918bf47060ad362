using System.Net;
using Gengdu.Gateway.Tests.Running;

namespace Gengdu.Gateway.Tests;

/// <summary>Answers that go on and on take no place from those that end.</summary>
public sealed class StreamsTests
{
    [Fact]
    public async Task Streams_HoldNoPlace_WhereAnOrdinaryRequestDoes()
    {
        await using var host = await GatewayHost.StartAsync(("Gateway:Limits:Read:AtOnce", "1"), ("Gateway:Limits:Read:Queue", "0"));
        using var browser = host.Browser();
        var streams = Enumerable.Range(0, 5).Select(_ => browser.GetAsync("/api/reporting/cycles/1/deadline-room/stream?slow", Tokens.For("reporting"))).ToArray();
        await Task.Delay(300);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/reporting/x", Tokens.For("reporting"))).StatusCode);
        Assert.All(streams, stream => Assert.False(stream.IsCompleted));

        var ordinary = browser.GetAsync("/api/reporting/cycles/1/deadline-room?slow", Tokens.For("reporting"));
        await Task.Delay(300);
        var refused = await browser.GetAsync("/api/reporting/x", Tokens.For("reporting"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "GW-0005"), (refused.StatusCode, await Browser.CodeAsync(refused)));
        Assert.False(ordinary.IsCompleted);
    }
}
