using System.Net;
using Gengdu.Gateway.Tests.Running;

namespace Gengdu.Gateway.Tests;

/// <summary>Several replicas of a service, one of them dead or dying.</summary>
public sealed class FailoverTests(FailoverTests.Fixture fixture) : IClassFixture<FailoverTests.Fixture>
{
    private readonly GatewayHost _host = fixture.Host;

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Api_OneReplicaIsGone_NobodyNotices(string method)
    {
        using var browser = _host.Browser();
        for (var i = 0; i < 40; i++)
        {
            var answer = await browser.SendAsync(new HttpMethod(method), "/api/analytics/x", method == "POST" ? new { } : null, Tokens.For("analytics"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Api_ReplicaDiesWithTheRequestInHand_OnlyLookUpsAreAskedAgain()
    {
        using var browser = _host.Browser();
        for (var i = 0; i < 30; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/supervision/nothing", Tokens.For("supervision"))).StatusCode);
        }

        Assert.NotEmpty(fixture.Dying.Seen);
        fixture.Dying.Seen.Clear();
        var (fine, refused) = (0, 0);
        for (var i = 0; i < 60 && refused == 0; i++)
        {
            var answer = await browser.SendAsync(HttpMethod.Post, "/api/supervision/nothing", new { }, Tokens.For("supervision"));
            (fine, refused) = answer.IsSuccessStatusCode ? (fine + 1, refused) : (fine, refused + 1);
            Assert.True(answer.IsSuccessStatusCode || await Browser.CodeAsync(answer) == "GW-0011");
            // After ten requests the dying one is found out and left alone for a while; then nobody is refused either.
        }

        Assert.Equal(refused, fixture.Dying.Seen.Count(line => line.StartsWith("POST", StringComparison.Ordinal)));
    }

    public sealed class Fixture : IAsyncLifetime
    {
        private Upstream _second = null!;

        internal RawUpstream Dying { get; } = new();

        internal GatewayHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            _second = await Upstream.StartAsync();
            Host = await GatewayHost.StartAsync(
                ("Services:Analytics", $"http://127.0.0.1:{Ports.Free()}; {_second.Address}"), ("Services:Supervision", $"{Dying.Address};{_second.Address}"));
        }

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            await Dying.DisposeAsync();
            await _second.DisposeAsync();
        }
    }
}
