using System.Net;
using Gengdu.Identity.Protocol.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Gengdu.Identity.Tests.Protocol;

public sealed class SecondFactorSetupTests(TwoFactorFixture fixture) : IClassFixture<TwoFactorFixture>
{
    private readonly TwoFactorHost _host = fixture.Host;

    [Theory]
    [InlineData("county-reviewer", "130102", true)]
    [InlineData("city-supervisor", "130100", true)]
    [InlineData("province-owner", "130000", true)]
    [InlineData("administrator", "130102", true)]
    [InlineData("reporter", "130102", false)]
    [InlineData("approver", "130102", false)]
    public async Task SignIn_WithoutTheFactor_LeadsToTheSetupWhereTheRoleNeedsIt(string role, string code, bool needed)
    {
        await _host.PersonAsync(role, code, $"need-{role}", TwoFactorHost.Password);
        using var browser = _host.Browser();
        var answer = await browser.PasswordAsync($"need-{role}", TwoFactorHost.Password);
        Assert.StartsWith(needed ? "/identity/second-factor/setup" : "/identity/authorize", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(needed, Browser.Answer(await browser.AuthorizeAsync(("prompt", "none"))).ContainsKey("error"));
    }

    [Fact]
    public async Task Post_TheFirstCode_SignsInWithBothFactorsAndShowsTenCodesOnce()
    {
        var id = await _host.PersonAsync("county-reviewer", "130102", "setup-1", TwoFactorHost.Password);
        using var browser = _host.Browser();
        var page = await browser.FollowAsync(await browser.PasswordAsync("setup-1", TwoFactorHost.Password));
        Assert.Contains("<svg class=\"qr\"", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var (secret, shown) = await _host.SetUpAsync(browser, page);
        var codes = TwoFactorHost.CodesOn(await shown.Content.ReadAsStringAsync());
        Assert.Equal((10, 10), (codes.Count, codes.Distinct().Count()));
        var onward = await browser.SubmitAsync(shown, "/identity/recovery-codes");
        var tokens = await (await browser.RedeemAsync(Browser.Answer(await browser.FollowAsync(onward))["code"])).JsonAsync();
        Assert.All((string[])["access_token", "id_token"], name => Assert.Equal(AcrValues.TwoFactors, new JsonWebToken(tokens.GetProperty(name).GetString()).GetClaim("acr").Value));
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.GetAsync("/identity/recovery-codes")).StatusCode);
        var stored = await _host.InDatabaseAsync(db => db.SecondFactors.SingleAsync(f => f.PersonId == id));
        Assert.DoesNotContain(Convert.ToHexString(secret), stored.SealedSecret, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(await _host.InDatabaseAsync(db => db.RecoveryCodes.Where(c => c.PersonId == id).Select(c => c.CodeHash).ToListAsync()), codes.Contains);
    }

    [Fact]
    public async Task Post_AWrongCode_KeepsTheSameSecret()
    {
        await _host.PersonAsync("county-reviewer", "130102", "setup-2", TwoFactorHost.Password);
        using var browser = _host.Browser();
        var page = await browser.FollowAsync(await browser.PasswordAsync("setup-2", TwoFactorHost.Password));
        var again = await browser.SubmitAsync(page, "/identity/second-factor/setup", ("code", "000000"));
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
        Assert.Equal(TwoFactorHost.SecretOn(await page.Content.ReadAsStringAsync()), TwoFactorHost.SecretOn(await again.Content.ReadAsStringAsync()));
    }

    /// <summary>Who knows the password alone must not get round the factor by setting up another.</summary>
    [Fact]
    public async Task Get_WithAFactorThere_LeadsBackToSignIn()
    {
        var (_, userName, _, _) = await _host.EnrolledAsync();
        using var browser = _host.Browser();
        var answer = await browser.PasswordAsync(userName, TwoFactorHost.Password);
        var bent = answer.Headers.Location!.ToString().Replace("/second-factor?", "/second-factor/setup?", StringComparison.Ordinal);
        Assert.StartsWith("/identity/sign-in", (await browser.GetAsync(bent)).Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_TwoAtOnce_OneOfThemSetsUp()
    {
        var id = await _host.PersonAsync("county-reviewer", "130102", "setup-3", TwoFactorHost.Password);
        using var first = _host.Browser();
        using var second = _host.Browser();
        Browser[] browsers = [first, second];
        var pages = await Task.WhenAll(browsers.Select(async b => await b.FollowAsync(await b.PasswordAsync("setup-3", TwoFactorHost.Password))));
        var secrets = await Task.WhenAll(pages.Select(async p => TwoFactorHost.SecretOn(await p.Content.ReadAsStringAsync())));
        var answers = await Task.WhenAll(browsers.Select((b, i) => b.SubmitAsync(pages[i], "/identity/second-factor/setup", ("code", _host.CodeNow(secrets[i])))));
        Assert.Single(answers, answer => answer.Headers.Location!.ToString().StartsWith("/identity/recovery-codes", StringComparison.Ordinal));
        Assert.Single(answers, answer => answer.Headers.Location!.ToString().StartsWith("/identity/sign-in", StringComparison.Ordinal));
        Assert.Equal(10, await _host.InDatabaseAsync(db => db.RecoveryCodes.CountAsync(c => c.PersonId == id)));
    }

    /// <summary>A role that needs the factor, given while its person is signed in without one.</summary>
    [Fact]
    public async Task Authorize_AfterGettingAHigherRole_AsksForTheFactor()
    {
        var id = await _host.PersonAsync("reporter", "130102", "setup-4", TwoFactorHost.Password);
        using var browser = _host.Browser();
        await browser.CodeAsync("setup-4", TwoFactorHost.Password);
        var county = await _host.OrganisationAsync("130102");
        using var administrator = _host.Administrator;
        (await administrator.PostAsync("/api/identity/assignments", new { personId = id, role = "county-reviewer", organisationId = county.Id })).EnsureSuccessStatusCode();
        Assert.Equal("login_required", Browser.Answer(await browser.AuthorizeAsync(("prompt", "none")))["error"]);
    }
}
