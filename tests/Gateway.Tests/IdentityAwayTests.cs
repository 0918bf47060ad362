using System.Net;
using Gengdu.Gateway.Tests.Running;

namespace Gengdu.Gateway.Tests;

public sealed class IdentityAwayTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private readonly GatewayHost _host = fixture.Host;

    [Fact]
    public async Task Api_WithATokenInHand_GoesOn_OthersAreAskedToWait()
    {
        using var browser = _host.Browser();
        await browser.SignInAsync();
        await Seen.ReadAsync(await browser.GetAsync("/api/reporting/x"));
        await _host.Identity.DisposeAsync();
        await Seen.ReadAsync(await browser.GetAsync("/api/reporting/x"));
        var waiting = await browser.GetAsync("/api/analytics/x");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "GW-0001"), (waiting.StatusCode, await Browser.CodeAsync(waiting)));
        Assert.True((await Browser.JsonAsync(await browser.GetAsync("/bff/session"))).GetProperty("signedIn").GetBoolean());
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/health/ready")).StatusCode);
    }
}
