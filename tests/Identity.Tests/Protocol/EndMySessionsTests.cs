using System.Net;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Tests.Protocol;

public sealed class EndMySessionsTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private const string Password = "a good password";
    private const string Path = "/identity/account/sessions";
    private readonly ProtocolHost _host = fixture.Host;

    [Fact]
    public async Task Post_AnotherBrowserOfMine_SignsItOutAlone()
    {
        var id = await _host.PersonAsync("reporter", "130102", "mine-1", Password);
        using var browser = _host.Browser();
        using var phone = _host.Browser();
        phone.Headers.Add("User-Agent", "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1");
        await browser.CodeAsync("mine-1", Password);
        var tokens = await phone.TokensAsync("mine-1", Password);
        Assert.Contains("Safari · iPhone", await (await browser.GetAsync("/identity/account")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var session = await _host.InDatabaseAsync(db => db.Sessions.Where(s => s.PersonId == id && s.Browser.Contains("iPhone")).Select(s => s.Id).SingleAsync());
        Assert.Equal("/identity/account?lang=zh&done=session", (await browser.PostFromAccountAsync(Path, ("session", session))).Headers.Location!.ToString());
        Assert.Equal("login_required", Browser.Answer(await phone.AuthorizeAsync(("prompt", "none")))["error"]);
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await phone.RefreshAsync(tokens.GetProperty("refresh_token").GetString()!)));
        Assert.Contains("code", Browser.Answer(await browser.AuthorizeAsync(("prompt", "none"))));
    }

    [Fact]
    public async Task Post_AllOthers_LeavesThisOne()
    {
        await _host.PersonAsync("reporter", "130102", "mine-2", Password);
        using var browser = _host.Browser();
        using var second = _host.Browser();
        using var third = _host.Browser();
        foreach (var one in new[] { browser, second, third })
        {
            await one.CodeAsync("mine-2", Password);
        }

        await browser.PostFromAccountAsync(Path, ("others", "1"));
        Assert.Contains("code", Browser.Answer(await browser.AuthorizeAsync(("prompt", "none"))));
        Assert.Equal("login_required", Browser.Answer(await second.AuthorizeAsync(("prompt", "none")))["error"]);
        Assert.Equal("login_required", Browser.Answer(await third.AuthorizeAsync(("prompt", "none")))["error"]);
    }

    [Fact]
    public async Task Post_SomebodyElsesSession_DoesNothingToIt()
    {
        await _host.PersonAsync("reporter", "130102", "mine-3", Password);
        var other = await _host.PersonAsync("reporter", "130102", "mine-4", Password);
        using var browser = _host.Browser();
        using var victim = _host.Browser();
        using var second = _host.Browser();
        await browser.CodeAsync("mine-3", Password);
        await second.CodeAsync("mine-3", Password);
        await victim.CodeAsync("mine-4", Password);
        var session = await _host.InDatabaseAsync(db => db.Sessions.Where(s => s.PersonId == other).Select(s => s.Id).SingleAsync());
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.PostFromAccountAsync(Path, ("session", session))).StatusCode);
        Assert.Contains("code", Browser.Answer(await victim.AuthorizeAsync(("prompt", "none"))));
    }
}
