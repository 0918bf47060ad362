using System.Net;

namespace Gengdu.Identity.Tests.Protocol;

public sealed class ChangePasswordTests(TwoFactorFixture fixture) : IClassFixture<TwoFactorFixture>
{
    private const string New = "quite another one";
    private readonly TwoFactorHost _host = fixture.Host;

    [Fact]
    public async Task Post_ANewPassword_EndsEverythingOfBeforeButThisBrowser()
    {
        await _host.PersonAsync("reporter", "130102", "change-1", TwoFactorHost.Password);
        using var browser = _host.Browser();
        using var other = _host.Browser();
        var (mine, others) = (await browser.TokensAsync("change-1", TwoFactorHost.Password), await other.TokensAsync("change-1", TwoFactorHost.Password));
        var answer = await ChangeAsync(browser, TwoFactorHost.Password, New);
        Assert.Equal("/identity/account?lang=zh&done=password", answer.Headers.Location!.ToString());
        Assert.Contains("code", Browser.Answer(await browser.AuthorizeAsync(("prompt", "none"))));
        Assert.Equal("login_required", Browser.Answer(await other.AuthorizeAsync(("prompt", "none")))["error"]);
        foreach (var token in new[] { mine, others })
        {
            Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.RefreshAsync(token.GetProperty("refresh_token").GetString()!)));
        }

        using var later = _host.Browser();
        Assert.Equal(HttpStatusCode.Unauthorized, (await later.PasswordAsync("change-1", TwoFactorHost.Password)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await later.PasswordAsync("change-1", New)).StatusCode);
    }

    [Theory]
    [InlineData("wrong password", New, New, HttpStatusCode.Unauthorized)]
    [InlineData(TwoFactorHost.Password, New, "not the same one", HttpStatusCode.UnprocessableEntity)]
    [InlineData(TwoFactorHost.Password, "too short", "too short", HttpStatusCode.UnprocessableEntity)]
    [InlineData(TwoFactorHost.Password, "1234567890", "1234567890", HttpStatusCode.UnprocessableEntity)]
    [InlineData(TwoFactorHost.Password, TwoFactorHost.Password, TwoFactorHost.Password, HttpStatusCode.UnprocessableEntity)]
    [InlineData("", New, New, HttpStatusCode.Unauthorized)]
    public async Task Post_WhatDoesNotDo_SaysSoAndChangesNothing(string present, string wanted, string repeated, HttpStatusCode status)
    {
        var userName = $"change-{Guid.CreateVersion7():n}";
        await _host.PersonAsync("reporter", "130102", userName, TwoFactorHost.Password);
        using var browser = _host.Browser();
        await browser.CodeAsync(userName, TwoFactorHost.Password);
        var answer = await ChangeAsync(browser, present, wanted, repeated);
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains("role=\"alert\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var later = _host.Browser();
        Assert.Equal(HttpStatusCode.SeeOther, (await later.PasswordAsync(userName, TwoFactorHost.Password)).StatusCode);
    }

    /// <summary>A browser left open must not become a place to guess the password at.</summary>
    [Fact]
    public async Task Post_FiveWrongPasswords_AreEnough()
    {
        await _host.PersonAsync("reporter", "130102", "change-2", TwoFactorHost.Password);
        using var browser = _host.Browser();
        await browser.CodeAsync("change-2", TwoFactorHost.Password);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await ChangeAsync(browser, "wrong password", New)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await ChangeAsync(browser, TwoFactorHost.Password, New)).StatusCode);
        _host.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(HttpStatusCode.SeeOther, (await ChangeAsync(browser, TwoFactorHost.Password, New)).StatusCode);
    }

    private static async Task<HttpResponseMessage> ChangeAsync(Browser browser, string present, string wanted, string? repeated = null) =>
        await browser.SubmitAsync(await browser.GetAsync("/identity/account"), "/identity/account/password", ("password", present), ("newPassword", wanted), ("repeated", repeated ?? wanted));
}
