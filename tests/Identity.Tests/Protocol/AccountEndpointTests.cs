using System.Net;

namespace Gengdu.Identity.Tests.Protocol;

public sealed class AccountEndpointTests(TwoFactorFixture fixture) : IClassFixture<TwoFactorFixture>
{
    private readonly TwoFactorHost _host = fixture.Host;

    [Fact]
    public async Task Get_SignedOut_LeadsThroughSignInAndBack()
    {
        await _host.PersonAsync("reporter", "130102", "account-1", TwoFactorHost.Password);
        using var browser = _host.Browser();
        var signIn = await browser.FollowAsync(await browser.GetAsync("/identity/account?lang=en"));
        var page = await browser.FollowAsync(await browser.FillInAsync(signIn, "account-1", TwoFactorHost.Password));
        var html = await page.Content.ReadAsStringAsync();
        Assert.Contains("account-1", html, StringComparison.Ordinal);
        Assert.Contains("Account and security", html, StringComparison.Ordinal);
        Assert.Contains("this one", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_TellsWhatWasDone_AndReflectsNothing()
    {
        await _host.PersonAsync("reporter", "130102", "account-2", TwoFactorHost.Password);
        using var browser = _host.Browser();
        await browser.CodeAsync("account-2", TwoFactorHost.Password);
        Assert.Contains("role=\"status\"", await (await browser.GetAsync("/identity/account?done=password")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var strange = await (await browser.GetAsync("/identity/account?done=%3Cb%3Estrange&lang=%22%3E%3Cscript%3E")).Content.ReadAsStringAsync();
        Assert.DoesNotContain("strange", strange, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", strange, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/identity/account/password")]
    [InlineData("/identity/account/second-factor")]
    [InlineData("/identity/account/sessions")]
    public async Task Post_WithoutAntiforgeryOrFromElsewhere_ChangesNothing(string path)
    {
        var userName = $"account-{path.Length}-{path[^3..]}";
        await _host.PersonAsync("reporter", "130102", userName, TwoFactorHost.Password);
        using var browser = _host.Browser();
        await browser.CodeAsync(userName, TwoFactorHost.Password);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync(path, ("password", TwoFactorHost.Password), ("act", "setup"), ("others", "1"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/identity/account")).StatusCode);
    }

    [Theory]
    [InlineData("Origin", "https://evil.test")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Post_FromAForeignPage_IsRefusedThoughTheFormFits(string header, string value)
    {
        var userName = $"account-{value.Length}-{header.Length}";
        await _host.PersonAsync("reporter", "130102", userName, TwoFactorHost.Password);
        using var browser = _host.Browser();
        await browser.CodeAsync(userName, TwoFactorHost.Password);
        var page = await browser.GetAsync("/identity/account");
        browser.Headers.Add(header, value);
        var answer = await browser.SubmitAsync(page, "/identity/account/second-factor", ("act", "setup"), ("password", TwoFactorHost.Password));
        Assert.Equal((HttpStatusCode.BadRequest, null), (answer.StatusCode, answer.Headers.Location));
    }
}
