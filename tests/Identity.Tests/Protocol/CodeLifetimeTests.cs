namespace Gengdu.Identity.Tests.Protocol;

/// <summary>Apart from the others: it moves the clock further than their access tokens may be ahead of the machine's.</summary>
public sealed class CodeLifetimeTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private readonly ProtocolHost _host = fixture.Host;

    [Fact]
    public async Task Redeem_AfterAMinute_IsRefused()
    {
        using var browser = _host.Browser();
        var code = await browser.CodeAsync();
        _host.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.RedeemAsync(code)));
    }

    [Fact]
    public async Task Redeem_JustBeforeTheMinuteIsOver_Works()
    {
        using var browser = _host.Browser();
        var code = await browser.CodeAsync();
        _host.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.True((await browser.RedeemAsync(code)).IsSuccessStatusCode);
    }
}
