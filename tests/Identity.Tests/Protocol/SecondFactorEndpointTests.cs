using System.Net;
using Gengdu.Identity.Protocol.SignIn;

namespace Gengdu.Identity.Tests.Protocol;

public sealed class SecondFactorEndpointTests(TwoFactorFixture fixture) : IClassFixture<TwoFactorFixture>
{
    private const string Path = "/identity/second-factor";
    private readonly TwoFactorHost _host = fixture.Host;

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Post_ACodeOfTheApp_SignsIn(int steps)
    {
        var (_, userName, secret, _) = await _host.EnrolledAsync();
        using var browser = _host.Browser();
        var page = await browser.FollowAsync(await browser.PasswordAsync(userName, TwoFactorHost.Password));
        Assert.Equal("login_required", Browser.Answer(await browser.AuthorizeAsync(("prompt", "none")))["error"]);
        var answer = await browser.SubmitAsync(page, Path, ("code", _host.CodeNow(secret, steps)));
        Assert.Contains("code", Browser.Answer(await browser.FollowAsync(answer)));
    }

    [Fact]
    public async Task Post_ACodeTwice_IsRefusedTheSecondTime()
    {
        var (_, userName, secret, _) = await _host.EnrolledAsync();
        var code = _host.CodeNow(secret);
        Assert.Equal(HttpStatusCode.SeeOther, await TryAsync(userName, code));
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(userName, code));
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(userName, _host.CodeNow(secret, -1)));
    }

    [Fact]
    public async Task Post_TheSameCodeTenTimesAtOnce_SignsInOnce()
    {
        var (_, userName, secret, _) = await _host.EnrolledAsync();
        var code = _host.CodeNow(secret);
        var pages = new List<(Browser Browser, HttpResponseMessage Page)>();
        for (var i = 0; i < 4; i++)
        {
            var browser = _host.Browser();
            pages.Add((browser, await browser.FollowAsync(await browser.PasswordAsync(userName, TwoFactorHost.Password))));
        }

        var answers = await Task.WhenAll(pages.Select(p => p.Browser.SubmitAsync(p.Page, Path, ("code", code))));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.SeeOther);
        pages.ForEach(p => p.Browser.Dispose());
    }

    [Fact]
    public async Task Post_ARecoveryCode_WorksOnceHoweverItIsTyped()
    {
        var (_, userName, _, codes) = await _host.EnrolledAsync();
        Assert.Equal(HttpStatusCode.SeeOther, await TryAsync(userName, codes[0].ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(userName, codes[0]));
        Assert.Equal(HttpStatusCode.SeeOther, await TryAsync(userName, codes[1]));
    }

    /// <summary>A right password before each guess opens the password's lock, but not the step's own.</summary>
    [Fact]
    public async Task Post_FiveWrongCodes_CloseTheStepThoughThePasswordIsRight()
    {
        var (_, userName, secret, codes) = await _host.EnrolledAsync();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(userName, "000000"));
            _host.Clock.Advance(SignInLock.Rest);
        }

        // 5 minutes of rest have passed since the last guess, ten more are to go.
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(userName, _host.CodeNow(secret)));
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(userName, codes[0]));
        _host.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(HttpStatusCode.SeeOther, await TryAsync(userName, _host.CodeNow(secret)));
    }

    [Fact]
    public async Task Post_WrongCodes_CountWithWrongPasswords()
    {
        var (_, userName, secret, _) = await _host.EnrolledAsync();
        using var stranger = _host.Browser();
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.PasswordAsync(userName, "wrong")).StatusCode);
        }

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(userName, "000000"));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.PasswordAsync(userName, TwoFactorHost.Password)).StatusCode);
        _host.Clock.Advance(SignInLock.Rest + TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.SeeOther, await TryAsync(userName, _host.CodeNow(secret)));
    }

    [Fact]
    public async Task Get_WithoutThePasswordBefore_LeadsToSignIn()
    {
        using var browser = _host.Browser();
        var signIn = (await browser.AuthorizeAsync()).Headers.Location!.ToString();
        Assert.StartsWith("/identity/sign-in", (await browser.GetAsync(signIn.Replace("/sign-in", "/second-factor", StringComparison.Ordinal))).Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.GetAsync("/identity/second-factor?ticket=bent")).StatusCode);
    }

    [Fact]
    public async Task Post_TenMinutesAfterThePassword_LeadsBackToIt()
    {
        var (_, userName, secret, _) = await _host.EnrolledAsync();
        using var browser = _host.Browser();
        var page = await browser.FollowAsync(await browser.PasswordAsync(userName, TwoFactorHost.Password));
        _host.Clock.Advance(SignInStep.Lifetime + TimeSpan.FromSeconds(1));
        var answer = await browser.SubmitAsync(page, Path, ("code", _host.CodeNow(secret)));
        Assert.StartsWith("/identity/sign-in", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    private async Task<HttpStatusCode> TryAsync(string userName, string code)
    {
        using var browser = _host.Browser();
        var step = await browser.PasswordAsync(userName, TwoFactorHost.Password);
        Assert.Equal(HttpStatusCode.SeeOther, step.StatusCode);
        return (await browser.SubmitAsync(await browser.FollowAsync(step), Path, ("code", code))).StatusCode;
    }
}
