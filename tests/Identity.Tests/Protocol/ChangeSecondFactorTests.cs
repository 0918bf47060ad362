using System.Net;
using Gengdu.Identity.Protocol.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Tests.Protocol;

public sealed class ChangeSecondFactorTests(TwoFactorFixture fixture) : IClassFixture<TwoFactorFixture>
{
    private const string Path = "/identity/account/second-factor";
    private readonly TwoFactorHost _host = fixture.Host;

    [Fact]
    public async Task Post_ByWhoNeedsNone_SetsItUpAndRemovesIt_WithANewSessionEachTime()
    {
        var id = await _host.PersonAsync("reporter", "130102", "own-1", TwoFactorHost.Password);
        using var browser = _host.Browser();
        await browser.CodeAsync("own-1", TwoFactorHost.Password);
        var (_, codes) = await _host.SetUpAsync(browser, await browser.FollowAsync(await ActAsync(browser, "setup")));
        Assert.Contains("/identity/account", (await browser.SubmitAsync(codes, "/identity/recovery-codes")).Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal("/identity/account?lang=zh&done=removed", (await ActAsync(browser, "removal")).Headers.Location!.ToString());
        var sessions = await _host.InDatabaseAsync(db => db.Sessions.Where(s => s.PersonId == id).OrderBy(s => s.AuthenticatedAt).ThenByDescending(s => s.EndedAt != null).ToListAsync());
        Assert.Equal(3, sessions.Count);
        Assert.Equal([AcrValues.Password, AcrValues.Password, AcrValues.TwoFactors], sessions.Select(s => s.Acr).OrderDescending(StringComparer.Ordinal));
        Assert.Equal(AcrValues.Password, Assert.Single(sessions, s => s.EndedAt is null).Acr);
        Assert.False(await _host.InDatabaseAsync(db => db.RecoveryCodes.AnyAsync(c => c.PersonId == id)));
    }

    [Fact]
    public async Task Post_ByWhoNeedsIt_IsNotRemovedButReplaced()
    {
        var (_, userName, secret, _) = await _host.EnrolledAsync();
        using var browser = await SignedInAsync(userName, secret);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.PostFromAccountAsync(Path, ("act", "removal"), ("password", TwoFactorHost.Password))).StatusCode);
        var (newSecret, _) = await _host.SetUpAsync(browser, await browser.FollowAsync(await ActAsync(browser, "setup")));
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        (await SignedInAsync(userName, newSecret)).Dispose();
        using var old = _host.Browser();
        var refused = await old.SubmitAsync(await old.FollowAsync(await old.PasswordAsync(userName, TwoFactorHost.Password)), "/identity/second-factor", ("code", _host.CodeNow(secret)));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task Post_NewRecoveryCodes_KillTheOldOnes()
    {
        var (_, userName, secret, old) = await _host.EnrolledAsync();
        using var browser = await SignedInAsync(userName, secret);
        var shown = await browser.FollowAsync(await ActAsync(browser, "codes"));
        var codes = TwoFactorHost.CodesOn(await shown.Content.ReadAsStringAsync());
        Assert.Equal(10, codes.Count);
        foreach (var (code, status) in new[] { (old[0], HttpStatusCode.Unauthorized), (codes[0], HttpStatusCode.SeeOther) })
        {
            using var other = _host.Browser();
            var page = await other.FollowAsync(await other.PasswordAsync(userName, TwoFactorHost.Password));
            Assert.Equal(status, (await other.SubmitAsync(page, "/identity/second-factor", ("code", code))).StatusCode);
        }
    }

    [Fact]
    public async Task Post_WithAWrongPassword_DoesNothing()
    {
        await _host.PersonAsync("reporter", "130102", "own-2", TwoFactorHost.Password);
        using var browser = _host.Browser();
        await browser.CodeAsync("own-2", TwoFactorHost.Password);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.PostFromAccountAsync(Path, ("act", "setup"), ("password", "wrong password"))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.PostFromAccountAsync(Path, ("act", "codes"), ("password", ""))).StatusCode);
    }

    private static Task<HttpResponseMessage> ActAsync(Browser browser, string act) => browser.PostFromAccountAsync(Path, ("act", act), ("password", TwoFactorHost.Password));

    private async Task<Browser> SignedInAsync(string userName, byte[] secret)
    {
        var browser = _host.Browser();
        var page = await browser.FollowAsync(await browser.PasswordAsync(userName, TwoFactorHost.Password));
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.SubmitAsync(page, "/identity/second-factor", ("code", _host.CodeNow(secret)))).StatusCode);
        return browser;
    }
}
