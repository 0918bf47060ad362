using System.Net;

namespace Gengdu.Identity.Tests.Protocol;

/// <summary>AS-N36, AS-N39, AS-N43: no page is framed, kept or scripted, and no post leads on with anything but 303.</summary>
public sealed class PageHeadersTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private readonly ProtocolHost _host = fixture.Host;

    [Theory]
    [InlineData("/identity/sign-in")]
    [InlineData("/identity/sign-in?ticket=bent")]
    [InlineData("/identity/authorize")]
    [InlineData("/identity/second-factor")]
    [InlineData("/identity/second-factor/setup")]
    [InlineData("/identity/account")]
    [InlineData("/identity/invitation")]
    [InlineData("/identity/reset")]
    [InlineData("/identity/reset?done=1")]
    [InlineData("/identity/end-session")]
    public async Task Get_AnyPage_IsNotFramedKeptOrScripted(string path)
    {
        using var browser = _host.Browser();
        await browser.CodeAsync();
        var answer = await browser.GetAsync(path);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" style=", html, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/identity/sign-in")]
    [InlineData("/identity/second-factor")]
    [InlineData("/identity/second-factor/setup")]
    [InlineData("/identity/recovery-codes")]
    [InlineData("/identity/account/password")]
    [InlineData("/identity/account/second-factor")]
    [InlineData("/identity/account/sessions")]
    [InlineData("/identity/invitation")]
    [InlineData("/identity/reset")]
    public async Task Post_Nonsense_IsAPageOr303(string path)
    {
        using var browser = _host.Browser();
        (HttpResponseMessage Answer, string What)[] answers =
        [
            (await browser.PostAsync(path), "empty"),
            (await browser.PostAsync(path, ("ticket", new string('x', 9000)), ("code", new string('9', 9000)), ("password", "\0"), ("userName", "\uFFFF'\"><script>")), "strange"),
            (await browser.PostAsync($"{path}?lang=%00&ticket=%FF", ("lang", "en"), ("lang", "zh")), "twice"),
        ];
        Assert.All(answers, a => Assert.True((int)a.Answer.StatusCode is >= 400 and < 500 || a.Answer.StatusCode == HttpStatusCode.SeeOther, $"{a.What}: {a.Answer.StatusCode}"));
        Assert.All(answers, a => Assert.True(a.Answer.Headers.Location is null || a.Answer.Headers.Location.ToString().StartsWith("/identity/", StringComparison.Ordinal)));
        Assert.DoesNotContain("<script", await answers[1].Answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>AS-N45: a NUL in any form is the sender's fault, not ours.</summary>
    [Fact]
    public async Task Post_NulInAValue_IsRefused()
    {
        using var browser = _host.Browser();
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PasswordAsync("no\0body", "wrong\0password")).StatusCode);
        foreach (var path in (string[])["/identity/authorize", "/identity/token", "/identity/end-session", "/identity/revoke"])
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync(path, ("client_id", "no\0body"))).StatusCode);
        }
    }

    [Fact]
    public async Task SignIn_SetsCookiesThatScriptsAndOtherSitesDoNotGet()
    {
        using var browser = _host.Browser();
        var answer = await browser.PasswordAsync(IdentityHost.AdministratorName, IdentityHost.AdministratorPassword);
        var cookies = answer.Headers.GetValues("Set-Cookie").Where(c => !c.Contains("expires=Thu, 01 Jan 1970", StringComparison.Ordinal)).ToList();
        Assert.Contains(cookies, c => c.StartsWith("gengdu-sign-in=", StringComparison.Ordinal));
        Assert.Contains(cookies, c => c.StartsWith("gengdu-browser=", StringComparison.Ordinal));
        Assert.All(cookies, c => Assert.Contains("httponly", c, StringComparison.OrdinalIgnoreCase));
        Assert.All(cookies, c => Assert.Contains("path=/identity", c, StringComparison.OrdinalIgnoreCase));
        Assert.All(cookies, c => Assert.DoesNotContain("domain=", c, StringComparison.OrdinalIgnoreCase));
        Assert.All(cookies, c => Assert.Matches("samesite=(strict|lax)", c.ToLowerInvariant()));
    }
}
