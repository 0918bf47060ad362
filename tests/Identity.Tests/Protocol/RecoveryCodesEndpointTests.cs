using System.Net;

namespace Gengdu.Identity.Tests.Protocol;

public sealed class RecoveryCodesEndpointTests(TwoFactorFixture fixture) : IClassFixture<TwoFactorFixture>
{
    private readonly TwoFactorHost _host = fixture.Host;

    [Fact]
    public async Task Get_UntilTheyAreKept_ShowsTheSameCodesToThisBrowserOnly()
    {
        await _host.PersonAsync("county-reviewer", "130102", "codes-1", TwoFactorHost.Password);
        using var browser = _host.Browser();
        using var other = _host.Browser();
        var (_, shown) = await _host.SetUpAsync(browser, await browser.FollowAsync(await browser.PasswordAsync("codes-1", TwoFactorHost.Password)));
        var again = await browser.GetAsync("/identity/recovery-codes");
        Assert.Equal(TwoFactorHost.CodesOn(await shown.Content.ReadAsStringAsync()), TwoFactorHost.CodesOn(await again.Content.ReadAsStringAsync()));
        Assert.Equal(HttpStatusCode.SeeOther, (await other.GetAsync("/identity/recovery-codes")).StatusCode);
    }

    [Fact]
    public async Task Post_WithoutAntiforgery_KeepsThem()
    {
        await _host.PersonAsync("county-reviewer", "130102", "codes-2", TwoFactorHost.Password);
        using var browser = _host.Browser();
        await _host.SetUpAsync(browser, await browser.FollowAsync(await browser.PasswordAsync("codes-2", TwoFactorHost.Password)));
        await browser.PostAsync("/identity/recovery-codes", ("x", "y"));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/identity/recovery-codes")).StatusCode);
    }
}
