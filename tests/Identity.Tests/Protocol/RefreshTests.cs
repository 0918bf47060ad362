using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Gengdu.Identity.Tests.Protocol;

public sealed class RefreshTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private readonly ProtocolHost _host = fixture.Host;

    [Fact]
    public async Task Refresh_GivesOneAudienceAndASuccessor()
    {
        using var browser = _host.Browser();
        var first = Refresh(await browser.TokensAsync());
        foreach (var audience in (string[])["reporting", "supervision", "analytics", "identity"])
        {
            var answer = await (await browser.RefreshAsync(first, audience)).JsonAsync();
            Assert.Equal(audience, Assert.Single(new JsonWebToken(answer.GetProperty("access_token").GetString()).Audiences));
            Assert.NotEqual(first, first = Refresh(answer));
        }
    }

    [Fact]
    public async Task Refresh_UsedOne_WithinGraceGivesNothing_LaterKillsTheFamily()
    {
        using var browser = _host.Browser();
        var first = Refresh(await browser.TokensAsync());
        var second = Refresh(await (await browser.RefreshAsync(first)).JsonAsync());
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.RefreshAsync(first)));
        var third = Refresh(await (await browser.RefreshAsync(second)).JsonAsync());
        _host.Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.RefreshAsync(first)));
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.RefreshAsync(third)));
    }

    [Fact]
    public async Task Refresh_TwentyAtOnce_OneSucceedsAndTheFamilyLives()
    {
        using var browser = _host.Browser();
        var token = Refresh(await browser.TokensAsync());
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => browser.RefreshAsync(token)));
        var winner = Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        Assert.True((await browser.RefreshAsync(Refresh(await winner.JsonAsync()))).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Refresh_ByAnotherClient_GetsNothingAndKillsNothing()
    {
        using var browser = _host.Browser();
        var token = Refresh(await browser.TokensAsync());
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.TokenAsync("other", ProtocolHost.OtherSecret, ("grant_type", "refresh_token"), ("refresh_token", token))));
        Assert.True((await browser.RefreshAsync(token)).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Refresh_AfterAnIdleHourOrEightHours_IsRefused()
    {
        using var browser = _host.Browser();
        var idle = Refresh(await browser.TokensAsync());
        _host.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.RefreshAsync(idle)));
        using var second = _host.Browser();
        var token = Refresh(await second.TokensAsync());
        for (var i = 0; i < 9; i++)
        {
            _host.Clock.Advance(TimeSpan.FromMinutes(50));
            token = Refresh(await (await second.RefreshAsync(token)).JsonAsync());
        }

        _host.Clock.Advance(TimeSpan.FromMinutes(50));
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await second.RefreshAsync(token)));
    }

    [Fact]
    public async Task Refresh_WiderScope_IsRefused()
    {
        using var browser = _host.Browser();
        var tokens = await (await browser.RedeemAsync(await browser.CodeAsync(changes: ("scope", "openid offline_access")))).JsonAsync();
        var answer = await browser.TokenAsync("gateway", ProtocolHost.Secret, ("grant_type", "refresh_token"), ("refresh_token", Refresh(tokens)), ("scope", "openid profile"));
        Assert.Equal("invalid_scope", await Browser.ErrorAsync(answer));
    }

    private static string Refresh(JsonElement tokens) => tokens.GetProperty("refresh_token").GetString()!;
}
