using System.Net;
using Gengdu.Gateway.Tests.Running;

namespace Gengdu.Gateway.Tests;

/// <summary>The proxy before us stands in 127.0.0.0/8; 10.1.0.0/16 are proxies too.</summary>
public sealed class KnownProxiesTests(KnownProxiesTests.Fixture fixture) : IClassFixture<KnownProxiesTests.Fixture>
{
    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("6.6.6.6, 203.0.113.9", "203.0.113.9")]
    [InlineData("6.6.6.6, 203.0.113.9, 10.1.2.3", "203.0.113.9")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("nonsense", "127.0.0.1")]
    public async Task Api_FromAKnownProxy_IsTheCallersWhomItNames_AndNotWhatTheCallerAddedBefore(string forwarded, string expected)
    {
        using var browser = fixture.Host.Browser();
        var seen = await Seen.ReadAsync(await browser.GetAsync("/api/reporting/x", Tokens.For("reporting"), ("X-Forwarded-For", forwarded), ("X-Forwarded-Host", "evil.test")));
        Assert.Equal(IPAddress.Parse(expected), IPAddress.Parse(seen.Header("X-Forwarded-For")!).MapToIPv4If(expected));
        Assert.DoesNotContain("evil", seen.Header("X-Forwarded-Host"), StringComparison.Ordinal);
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal GatewayHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Host = await GatewayHost.StartAsync(("Gateway:KnownNetworks:0", "127.0.0.0/8"), ("Gateway:KnownNetworks:1", "10.1.0.0/16"), ("Gateway:KnownNetworks:2", "::1/128"));

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}

internal static class Addresses
{
    /// <summary>This machine may be reached as ::1 or 127.0.0.1.</summary>
    public static IPAddress MapToIPv4If(this IPAddress address, string expected) => expected == "127.0.0.1" && IPAddress.IsLoopback(address) ? IPAddress.Loopback : address;
}
