using System.Net;
using Gengdu.Gateway.Tests.Running;
using Microsoft.AspNetCore.WebUtilities;

namespace Gengdu.Gateway.Tests;

public sealed class CallbackTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private readonly GatewayHost _host = fixture.Host;

    [Theory]
    [InlineData("iss=", "iss=http%3A%2F%2Fevil.test&was=")]
    [InlineData("state=", "state=x")]
    [InlineData("state=", "other=")]
    [InlineData("code=", "code=x")]
    [InlineData("iss=", "was=")]
    [InlineData("iss=", "iss=&iss=")]
    [InlineData("code=", "code=x&code=")]
    [InlineData("state=", "state=x&state=")]
    [InlineData("code=", "id_token=a.b.c&code=")]
    [InlineData("code=", "error=access_denied&code=")]
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
    public async Task Callback_Posted_SignsNobodyIn()
    {
        using var browser = _host.Browser();
        var callback = new Uri(await browser.SubmitAsync(await browser.VisitAsync("/bff/sign-in")));
        using var form = new StringContent(callback.Query.TrimStart('?'), System.Text.Encoding.ASCII, "application/x-www-form-urlencoded");
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.SendAsync(HttpMethod.Post, callback.AbsolutePath, form)).StatusCode);
        Assert.Null(browser.SessionKey);
    }

    [Fact]
    public async Task Callback_WithAnotherPersonsCode_SignsNobodyIn()
    {
        using var attacker = _host.Browser();
        using var victim = _host.Browser();
        var stolen = QueryHelpers.ParseQuery(new Uri(await victim.SubmitAsync(await victim.VisitAsync("/bff/sign-in"))).Query)["code"].ToString();
        var own = await attacker.SubmitAsync(await attacker.VisitAsync("/bff/sign-in"));
        var bent = own.Replace(QueryHelpers.ParseQuery(new Uri(own).Query)["code"].ToString(), stolen, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await attacker.GetAsync(bent)).StatusCode);
        Assert.Null(attacker.SessionKey);
    }

    [Fact]
    public async Task Callback_ErrorWithMarkup_IsNotRepeated()
    {
        using var browser = _host.Browser();
        var callback = await browser.SubmitAsync(await browser.VisitAsync("/bff/sign-in"));
        var state = QueryHelpers.ParseQuery(new Uri(callback).Query)["state"].ToString();
        var answer = await browser.GetAsync($"/bff/callback?error=%3Cscript%3Ealert(1)%3C/script%3E&error_description=%3Cb%3Ehello&state={Uri.EscapeDataString(state)}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("hello", page, StringComparison.Ordinal);
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
