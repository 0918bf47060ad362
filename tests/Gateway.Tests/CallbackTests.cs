using System.Net;
using Gengdu.Gateway.Tests.Running;

namespace Gengdu.Gateway.Tests;

public sealed class CallbackTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private readonly GatewayHost _host = fixture.Host;

    [Theory]
    [InlineData("iss=", "iss=http%3A%2F%2Fevil.test&was=")]
    [InlineData("state=", "state=x")]
    [InlineData("state=", "other=")]
    [InlineData("code=", "code=x")]
    public async Task Callback_Bent_SignsNobodyIn(string part, string by)
    {
        using var browser = _host.Browser();
        var callback = await browser.SubmitAsync(await browser.VisitAsync("/bff/sign-in"));
        var answer = await browser.GetAsync(callback.Replace(part, by, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(browser.SessionKey);
    }

    [Fact]
    public async Task Callback_InAnotherBrowser_SignsNobodyIn()
    {
        using var attacker = _host.Browser();
        var callback = await attacker.SubmitAsync(await attacker.VisitAsync("/bff/sign-in"));
        using var victim = _host.Browser();
        Assert.Equal(HttpStatusCode.BadRequest, (await victim.GetAsync(callback)).StatusCode);
        Assert.Null(victim.SessionKey);
    }

    [Fact]
    public async Task Callback_Replayed_LeadsASignedInPersonHome()
    {
        using var browser = _host.Browser();
        var callback = await browser.SubmitAsync(await browser.VisitAsync("/bff/sign-in"));
        await browser.VisitAsync(callback);
        var key = browser.SessionKey;
        var again = await browser.GetAsync(callback);
        Assert.Equal((HttpStatusCode.SeeOther, "/"), (again.StatusCode, again.Headers.Location!.ToString()));
        Assert.Equal(key, browser.SessionKey);
    }

    [Theory]
    [InlineData("//evil.test")]
    [InlineData("/\\evil.test")]
    [InlineData("https://evil.test/")]
    [InlineData("javascript:alert(1)")]
    public async Task SignIn_ForeignReturnUrl_LeadsHome(string returnUrl)
    {
        using var browser = _host.Browser();
        var callback = await browser.SubmitAsync(await browser.VisitAsync($"/bff/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}"));
        Assert.Equal("/", (await browser.GetAsync(callback)).Headers.Location!.ToString());
    }

    [Fact]
    public async Task SignIn_UnderAnotherName_MovesToThePublicAddress_AndHostCannotBendTheRedirect()
    {
        using var browser = _host.Browser();
        var answer = await browser.GetAsync("/bff/sign-in?returnUrl=/x", ("Host", "evil.test"));
        Assert.Equal($"{_host.Address}/bff/sign-in?returnUrl=/x", answer.Headers.Location!.ToString());
        Assert.Null(browser.SessionKey);
    }
}
