using System.Net;
using Gengdu.Identity.Tests.Protocol.Clients;

namespace Gengdu.Identity.Tests.Protocol;

public sealed class PushRequestTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private readonly ProtocolHost _host = fixture.Host;

    [Fact]
    public async Task Push_ThenSignIn_GivesACodeOnce()
    {
        using var browser = _host.Browser();
        var pushed = await PushAsync(browser);
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        Assert.True(pushed.Headers.CacheControl!.NoStore);
        var answer = await pushed.JsonAsync();
        Assert.Equal(90, answer.GetProperty("expires_in").GetInt32());
        var requestUri = answer.GetProperty("request_uri").GetString()!;
        Assert.StartsWith("urn:ietf:params:oauth:request_uri:", requestUri, StringComparison.Ordinal);

        // Looking at the page, and looking again, uses nothing up.
        await ShowAsync(browser, requestUri);
        var shown = await ShowAsync(browser, requestUri);
        var back = await SignInAsync(browser, shown);
        Assert.StartsWith(ProtocolHost.SigningCallback, back.Headers.Location!.ToString(), StringComparison.Ordinal);
        var query = Browser.Answer(back);
        Assert.Equal(("s-1", true), (query["state"], query.ContainsKey("code")));
        var tokens = await browser.PostAsync("/identity/token", [
            ("grant_type", "authorization_code"), ("code", query["code"]), ("redirect_uri", ProtocolHost.SigningCallback), ("code_verifier", Browser.Verifier), .. Proof()]);
        Assert.Equal(HttpStatusCode.OK, tokens.StatusCode);

        var again = await ShowAsync(browser, requestUri);
        Assert.Equal((HttpStatusCode.BadRequest, null), (again.StatusCode, again.Headers.Location));
    }

    [Fact]
    public async Task Push_TwoWindowsOfOneRequest_GiveOneCode()
    {
        using var browser = _host.Browser();
        await browser.CodeAsync();
        var requestUri = await RequestUriAsync(browser);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ShowAsync(browser, requestUri)));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.SeeOther);
        Assert.All(answers.Where(a => a.StatusCode != HttpStatusCode.SeeOther), answer => Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode));
    }

    [Fact]
    public async Task Push_ShownAfterNinetySeconds_IsGone_ButSignInMayTakeLonger()
    {
        using var browser = _host.Browser();
        var late = await RequestUriAsync(browser);
        var inTime = await RequestUriAsync(browser);
        _host.Clock.Advance(TimeSpan.FromSeconds(89));
        var shown = await ShowAsync(browser, inTime);
        _host.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.BadRequest, (await ShowAsync(browser, late)).StatusCode);
        _host.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Contains("code", Browser.Answer(await SignInAsync(browser, shown)));
    }

    [Theory]
    [InlineData("prompt", "login")]
    [InlineData("max_age", "0")]
    public async Task Push_AskingForAFreshSignIn_IsAnsweredByOne(string name, string value)
    {
        using var browser = _host.Browser();
        await browser.CodeAsync();
        _host.Clock.Advance(TimeSpan.FromSeconds(5));
        var shown = await ShowAsync(browser, await RequestUriAsync(browser, (name, value)));
        Assert.StartsWith("/identity/sign-in", shown.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Contains("code", Browser.Answer(await SignInAsync(browser, shown)));
    }

    [Fact]
    public async Task Show_ByAnotherClientOrWithAForeignName_ShowsAPage()
    {
        using var browser = _host.Browser();
        var requestUri = await RequestUriAsync(browser);
        foreach (var query in (string[])[
            $"client_id=other&request_uri={requestUri}", $"request_uri={requestUri}", $"client_id=signing&client_id=signing&request_uri={requestUri}",
            "client_id=signing&request_uri=urn:ietf:params:oauth:request_uri:unknown", $"client_id=signing&request_uri={requestUri}x", $"client_id=signing&request_uri={requestUri}{new string('x', 300)}"])
        {
            var answer = await browser.GetAsync($"/identity/authorize?{query}");
            Assert.Equal((HttpStatusCode.BadRequest, null), (answer.StatusCode, answer.Headers.Location));
        }

        Assert.Equal(HttpStatusCode.SeeOther, (await ShowAsync(browser, requestUri)).StatusCode);
    }

    [Fact]
    public async Task Show_WithOtherParametersBeside_TakesThePushedOnes()
    {
        using var browser = _host.Browser();
        var answer = await browser.GetAsync($"/identity/authorize?client_id=signing&request_uri={await RequestUriAsync(browser, ("prompt", "none"))}&redirect_uri=https://evil.test/&state=evil&prompt=login");
        Assert.StartsWith(ProtocolHost.SigningCallback, answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(("login_required", "s-1"), (Browser.Answer(answer)["error"], Browser.Answer(answer)["state"]));
    }

    [Fact]
    public async Task Authorize_WithoutPushing_IsRefusedWhereItIsDemanded()
    {
        using var browser = _host.Browser();
        var answer = await browser.AuthorizeAsync(("client_id", "signing"), ("redirect_uri", ProtocolHost.SigningCallback));
        Assert.StartsWith(ProtocolHost.SigningCallback, answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal("invalid_request", Browser.Answer(answer)["error"]);
    }

    [Theory]
    [InlineData("code_challenge", null, "invalid_request")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("redirect_uri", "https://evil.test/", "invalid_request")]
    [InlineData("redirect_uri", null, "invalid_request")]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("request", "e30.e30.", "request_not_supported")]
    [InlineData("request_uri", "urn:ietf:params:oauth:request_uri:x", "request_uri_not_supported")]
    [InlineData("client_id", "other", "invalid_client")]
    [InlineData("nonce", "\0", "invalid_request")]
    public async Task Push_BadRequest_IsRefusedAtOnce(string name, string? value, string error)
    {
        using var browser = _host.Browser();
        var answer = await PushAsync(browser, (name, value));
        Assert.Equal((error == "invalid_client" ? HttpStatusCode.Unauthorized : HttpStatusCode.BadRequest, error), (answer.StatusCode, await Browser.ErrorAsync(answer)));
    }

    [Fact]
    public async Task Push_WithoutProof_ByGet_AsJson_IsRefused()
    {
        using var browser = _host.Browser();
        var form = Browser.Request(("client_id", "signing"), ("redirect_uri", ProtocolHost.SigningCallback)).Select(p => (p.Key, p.Value!)).ToArray();
        Assert.Equal("invalid_client", await Browser.ErrorAsync(await browser.PostAsync("/identity/par", form)));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await browser.GetAsync("/identity/par")).StatusCode);
        using var client = _host.CreateClient();
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await client.PostAsync("/identity/par", new { client_id = "signing" })).StatusCode);
    }

    private static Task<HttpResponseMessage> ShowAsync(Browser browser, string requestUri) => browser.GetAsync($"/identity/authorize?client_id=signing&request_uri={requestUri}");

    private static async Task<HttpResponseMessage> SignInAsync(Browser browser, HttpResponseMessage shown)
    {
        var page = await browser.GetAsync(shown.Headers.Location!.ToString());
        Assert.Contains("https://signing.test", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var signedIn = await browser.FillInAsync(page, IdentityHost.AdministratorName, IdentityHost.AdministratorPassword);
        Assert.Equal(HttpStatusCode.SeeOther, signedIn.StatusCode);
        return await browser.GetAsync(signedIn.Headers.Location!.ToString());
    }

    private static async Task<string> ReadAsync(HttpResponseMessage pushed) => (await pushed.JsonAsync()).GetProperty("request_uri").GetString()!;

    private (string Name, string Value)[] Proof() => SigningClient.Proof(_host.Signing.Assertion(_host.Clock.GetUtcNow()));

    private async Task<string> RequestUriAsync(Browser browser, params (string Name, string? Value)[] changes) => await ReadAsync(await PushAsync(browser, changes));

    private Task<HttpResponseMessage> PushAsync(Browser browser, params (string Name, string? Value)[] changes)
    {
        var request = Browser.Request([("client_id", "signing"), ("redirect_uri", ProtocolHost.SigningCallback), .. changes]);
        return browser.PostAsync("/identity/par", [.. request.Where(p => p.Value is not null).Select(p => (p.Key, p.Value!)), .. Proof()]);
    }
}
