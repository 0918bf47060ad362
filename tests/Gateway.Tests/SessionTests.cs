using System.Net;
using System.Security.Cryptography;
using System.Text;
using Gengdu.Gateway.Tests.Running;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Gengdu.Gateway.Tests;

public sealed class SessionTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private static readonly (string, string) FromOurPages = ("X-Gengdu-Request", "1");
    private readonly GatewayHost _host = fixture.Host;

    [Fact]
    public async Task SignIn_GoesTheWholeWay_AndTheBrowserHoldsNoToken()
    {
        using var browser = _host.Browser();
        Assert.False((await Browser.JsonAsync(await browser.GetAsync("/bff/session"))).GetProperty("signedIn").GetBoolean());
        var session = await Browser.JsonAsync(await browser.SignInAsync());
        Assert.Equal((true, "系统管理员"), (session.GetProperty("signedIn").GetBoolean(), session.GetProperty("name").GetString()));
        Assert.True(session.GetProperty("expiresAt").GetDateTimeOffset() < session.GetProperty("limitAt").GetDateTimeOffset());
        var cookie = browser.Cookies.GetCookies(browser.Root)["gengdu-session"]!;
        Assert.Equal((true, "/", 43), (cookie.HttpOnly, cookie.Path, cookie.Value.Length));
        var person = browser.Cookies.GetCookies(browser.Root)["gengdu-person"]!;
        Assert.Equal((false, "/", session.GetProperty("personId").GetString()), (person.HttpOnly, person.Path, person.Value));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(cookie.Value)));
        var stored = await _host.InDatabaseAsync(db => db.Sessions.AsNoTracking().SingleAsync(s => s.KeyHash == hash));
        // The beginning of a token may stand in random letters; its dots may not.
        Assert.DoesNotMatch(@"eyJ[\w-]*\.", stored.SealedTokens);
        Assert.Equal("130000", stored.Area);
    }

    [Fact]
    public async Task Api_WithTheCookie_GetsATokenForThatServiceAlone()
    {
        using var browser = _host.Browser();
        await browser.SignInAsync();
        foreach (var service in (string[])["reporting", "analytics"])
        {
            var seen = await Seen.ReadAsync(await browser.GetAsync($"/api/{service}/x", ("Authorization", "Bearer a.b.c")));
            Assert.Null(seen.Header("Cookie"));
            var token = new JsonWebToken(seen.Header("Authorization")!["Bearer ".Length..]);
            Assert.Equal((service, "at+jwt"), (Assert.Single(token.Audiences), token.Typ));
            Assert.Equal(seen.Header("Authorization"), (await Seen.ReadAsync(await browser.GetAsync($"/api/{service}/x"))).Header("Authorization"));
        }

        Assert.Equal(IdentityHost.UserName, (await Browser.JsonAsync(await browser.GetAsync("/api/identity/me"))).GetProperty("userName").GetString());
    }

    [Fact]
    public async Task Api_ManyAtOnceOnAFreshSession_AllSucceed()
    {
        using var browser = _host.Browser();
        await browser.SignInAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => browser.GetAsync((i % 3) switch { 0 => "/api/reporting/x", 1 => "/api/analytics/x", _ => "/api/identity/me" })));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Fact]
    public async Task Api_ChangingCall_NeedsOurHeader()
    {
        using var browser = _host.Browser();
        await browser.SignInAsync();
        var refused = await browser.SendAsync(HttpMethod.Post, "/api/reporting/x", new { });
        Assert.Equal((HttpStatusCode.Forbidden, "GW-0002"), (refused.StatusCode, await Browser.CodeAsync(refused)));
        Assert.Equal("POST", (await Seen.ReadAsync(await browser.SendAsync(HttpMethod.Post, "/api/reporting/x", new { }, FromOurPages))).Method);
    }

    [Fact]
    public async Task Api_PageOfAnotherPerson_IsRefusedAndNotForwarded()
    {
        using var browser = _host.Browser();
        await browser.SignInAsync();
        var person = (await Browser.JsonAsync(await browser.GetAsync("/bff/session"))).GetProperty("personId").GetGuid();
        var own = await browser.SendAsync(HttpMethod.Post, "/api/reporting/x", new { }, FromOurPages, ("X-Gengdu-Person", person.ToString()));
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        foreach (var other in (string[])[Guid.CreateVersion7().ToString(), "", "nobody"])
        {
            var refused = await browser.SendAsync(HttpMethod.Post, "/api/reporting/x", new { }, FromOurPages, ("X-Gengdu-Person", other));
            Assert.Equal((HttpStatusCode.Conflict, "GW-0012"), (refused.StatusCode, await Browser.CodeAsync(refused)));
        }
    }

    [Fact]
    public async Task PersonCookie_OpensNothing_AndGoesWithTheSession()
    {
        using var browser = _host.Browser();
        await browser.SignInAsync();
        using var stranger = _host.Browser();
        stranger.Cookies.Add(stranger.Root, browser.Cookies.GetCookies(browser.Root)["gengdu-person"]!);
        Assert.False((await Browser.JsonAsync(await stranger.GetAsync("/bff/session"))).GetProperty("signedIn").GetBoolean());
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/reporting/x")).StatusCode);
        await browser.SendAsync(HttpMethod.Post, "/bff/sign-out", null, FromOurPages);
        Assert.Null(browser.Cookies.GetCookies(browser.Root)["gengdu-person"]);
    }

    [Fact]
    public async Task SignInAgain_ChangesTheKey_AndTheOldOneIsDead()
    {
        using var browser = _host.Browser();
        await browser.SignInAsync();
        var first = browser.SessionKey;
        await browser.VisitAsync("/bff/sign-in?returnUrl=/bff/session");
        Assert.NotEqual(first, browser.SessionKey);
        using var thief = _host.Browser();
        thief.Cookies.Add(thief.Root, new Cookie("gengdu-session", first));
        Assert.False((await Browser.JsonAsync(await thief.GetAsync("/bff/session"))).GetProperty("signedIn").GetBoolean());
    }

    [Fact]
    public async Task SignOut_EndsTheSessionHereAndAtIdentity()
    {
        using var browser = _host.Browser();
        await browser.SignInAsync();
        var key = browser.SessionKey!;
        Assert.Equal("GW-0002", await Browser.CodeAsync(await browser.SendAsync(HttpMethod.Post, "/bff/sign-out")));
        var redirect = (await Browser.JsonAsync(await browser.SendAsync(HttpMethod.Post, "/bff/sign-out", null, FromOurPages))).GetProperty("redirectTo").GetString()!;
        var page = await browser.VisitAsync(redirect);
        Assert.StartsWith("<!doctype html><title>app</title>", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        browser.Cookies.Add(browser.Root, new Cookie("gengdu-session", key));
        var supervised = await browser.GetAsync("/api/identity/me");
        Assert.Equal(HttpStatusCode.Unauthorized, supervised.StatusCode);
        Assert.Contains("name=\"password\"", await (await browser.VisitAsync("/bff/sign-in")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_WhenIdentityEndedTheGrant_SaysSignInAgain()
    {
        using var browser = _host.Browser();
        await browser.SignInAsync();
        await browser.GetAsync("/api/reporting/x");
        await _host.Identity.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("update refresh_tokens set revoked_at = now()"));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/reporting/x")).StatusCode);
        var refused = await browser.GetAsync("/api/analytics/x");
        Assert.Equal((HttpStatusCode.Unauthorized, "GEN-0004"), (refused.StatusCode, await Browser.CodeAsync(refused)));
        Assert.False((await Browser.JsonAsync(await browser.GetAsync("/bff/session"))).GetProperty("signedIn").GetBoolean());
    }

    [Fact]
    public async Task SignOut_RevokesTheGrant_EvenIfTheBrowserNeverSaysGoodbyeToIdentity()
    {
        using var browser = _host.Browser();
        await browser.SignInAsync();
        await _host.Identity.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("delete from refresh_tokens where revoked_at is not null"));
        await browser.SendAsync(HttpMethod.Post, "/bff/sign-out", null, FromOurPages);
        await _host.Identity.InDatabaseAsync(async db => Assert.True(await db.RefreshTokens.AnyAsync(t => t.RevokedAt != null)));
    }

    [Theory]
    [InlineData("cross-site", "cors", false)]
    [InlineData("same-site", "cors", false)]
    [InlineData("same-site", "navigate", true)]
    [InlineData("same-origin", "cors", true)]
    [InlineData("none", "navigate", true)]
    public async Task Api_AskedByAnotherSite_IsRefused(string site, string mode, bool served)
    {
        using var browser = _host.Browser();
        await browser.SignInAsync();
        var answer = await browser.GetAsync("/api/reporting/x", ("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", mode));
        Assert.Equal(served ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task SignIn_WithAPlantedKey_GivesANewOne()
    {
        using var browser = _host.Browser();
        var planted = new string('p', 43);
        browser.Cookies.Add(browser.Root, new Cookie("gengdu-session", planted));
        await browser.SignInAsync();
        Assert.NotEqual(planted, browser.SessionKey);
        using var attacker = _host.Browser();
        attacker.Cookies.Add(attacker.Root, new Cookie("gengdu-session", planted));
        Assert.False(await attacker.IsSignedInAsync());
    }
}
