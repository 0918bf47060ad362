using System.Net;

namespace Gengdu.Identity.Tests.Protocol;

public sealed class AuthorizeTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private readonly ProtocolHost _host = fixture.Host;

    [Fact]
    public async Task Get_GoodRequest_LeadsThroughSignInToACode()
    {
        using var browser = _host.Browser();
        var answer = await browser.AuthorizeAsync();
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var page = await browser.GetAsync(answer.Headers.Location!.ToString());
        Assert.Contains("frame-ancestors 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("<script", await page.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        var signedIn = await browser.FillInAsync(page, IdentityHost.AdministratorName, IdentityHost.AdministratorPassword);
        var back = await browser.GetAsync(signedIn.Headers.Location!.ToString());
        Assert.StartsWith(ProtocolHost.Callback, back.Headers.Location!.ToString(), StringComparison.Ordinal);
        var query = Browser.Answer(back);
        Assert.Equal(("s-1", "http://identity.test/identity", 43), (query["state"], query["iss"], query["code"].Length));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("http://localhost:8080/bff/callback/")]
    [InlineData("http://localhost:8080/bff/Callback")]
    [InlineData("http://localhost/bff/callback")]
    [InlineData("http://localhost:8080/bff/callback?x=1")]
    [InlineData("http://localhost:8080/bff/callback#x")]
    [InlineData("http://localhost:8080/bff/../bff/callback")]
    [InlineData("http://localhost:8080/bff/%2e%2e/callback")]
    [InlineData("http://localhost:8080/bff/%252e%252e/callback")]
    [InlineData("http://localhost:8080@evil.test/bff/callback")]
    [InlineData("http://localhost:8080.evil.test/bff/callback")]
    [InlineData("//localhost:8080/bff/callback")]
    [InlineData("https://localhost:8080/bff/callback")]
    [InlineData("http://localhost:8080/bff/callback\r\n")]
    [InlineData("http://localhost:8080\t/bff/callback")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://other.test/callback?tenant=1")]
    public async Task Get_UnregisteredRedirect_ShowsAPageAndGoesNowhere(string? redirectUri)
    {
        foreach (var prompt in (string?[])[null, "none"])
        {
            using var browser = _host.Browser();
            var answer = await browser.AuthorizeAsync(("redirect_uri", redirectUri), ("prompt", prompt));
            Assert.Equal((HttpStatusCode.BadRequest, null), (answer.StatusCode, answer.Headers.Location));
            Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        }
    }

    [Theory]
    [InlineData("response_type", null, "invalid_request")]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("response_type", "code id_token", "unsupported_response_type")]
    [InlineData("response_mode", "fragment", "invalid_request")]
    [InlineData("code_challenge", null, "invalid_request")]
    [InlineData("code_challenge_method", null, "invalid_request")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("code_challenge", "123456789012345678901234567890123456789012", "invalid_request")]
    [InlineData("code_challenge", "1234567890123456789012345678901234567890123!", "invalid_request")]
    [InlineData("scope", "everything", "invalid_scope")]
    [InlineData("scope", null, "invalid_scope")]
    [InlineData("prompt", "consent", "invalid_request")]
    [InlineData("prompt", "none login", "invalid_request")]
    [InlineData("prompt", "none", "login_required")]
    [InlineData("max_age", "-1", "invalid_request")]
    [InlineData("request", "e30.e30.", "request_not_supported")]
    [InlineData("request_uri", "https://evil.test/r", "request_uri_not_supported")]
    public async Task Get_BadParameter_GoesBackWithTheError(string name, string? value, string error)
    {
        using var browser = _host.Browser();
        var answer = await browser.AuthorizeAsync((name, value));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.StartsWith(ProtocolHost.Callback + "?", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        var query = Browser.Answer(answer);
        Assert.Equal((error, "s-1", "http://identity.test/identity", false), (query["error"], query["state"], query["iss"], query.ContainsKey("code")));
    }

    [Theory]
    [InlineData("scope")]
    [InlineData("state")]
    [InlineData("nonce")]
    [InlineData("code_challenge")]
    [InlineData("code_challenge_method")]
    [InlineData("response_type")]
    [InlineData("client_id")]
    [InlineData("redirect_uri")]
    public async Task Get_DuplicatedParameter_IsRefused(string name)
    {
        using var browser = _host.Browser();
        var request = Browser.Request();
        var answer = await browser.GetAsync($"{Browser.Address(request)}&{name}={Uri.EscapeDataString(request[name]!)}");
        if (name is "client_id" or "redirect_uri")
        {
            Assert.Equal((HttpStatusCode.BadRequest, null), (answer.StatusCode, answer.Headers.Location));
        }
        else
        {
            Assert.Equal("invalid_request", Browser.Answer(answer)["error"]);
        }
    }

    [Fact]
    public async Task Get_SignedIn_NeedsNoPageUnlessAskedTo()
    {
        using var browser = _host.Browser();
        await browser.CodeAsync();
        Assert.Contains("code", Browser.Answer(await browser.AuthorizeAsync(("prompt", "none"))));
        Assert.StartsWith("/identity/sign-in", (await browser.AuthorizeAsync(("prompt", "login"))).Headers.Location!.ToString(), StringComparison.Ordinal);
        _host.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.StartsWith("/identity/sign-in", (await browser.AuthorizeAsync(("max_age", "1"))).Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Contains("code", Browser.Answer(await browser.AuthorizeAsync(("max_age", "10000"))));
    }

    [Fact]
    public async Task Post_Form_WorksLikeGet_AndJsonDoesNot()
    {
        using var browser = _host.Browser();
        var form = Browser.Request().Select(p => (p.Key, p.Value!)).ToArray();
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.PostAsync("/identity/authorize", form)).StatusCode);
        using var client = _host.CreateClient();
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await client.PostAsync("/identity/authorize", new { client_id = "gateway" })).StatusCode);
    }

    [Fact]
    public async Task Get_StateWithMarkup_ComesBackEncodedAndOnlyThere()
    {
        using var browser = _host.Browser();
        const string state = "\"><script>alert(1)</script>";
        var answer = await browser.AuthorizeAsync(("state", state), ("prompt", "none"));
        Assert.Equal(state, Browser.Answer(answer)["state"]);
        Assert.DoesNotContain('<', answer.Headers.Location!.OriginalString);
        Assert.Equal("invalid_request", Browser.Answer(await browser.AuthorizeAsync(("state", new string('x', 2049))))["error"]);
    }

    [Theory]
    [InlineData("prompt", "login")]
    [InlineData("max_age", "0")]
    [InlineData("max_age", "3")]
    public async Task Get_AskingForAFreshSignIn_GetsOne_WithALaterTime(string name, string value)
    {
        using var browser = _host.Browser();
        var before = AuthenticatedAt(await browser.TokensAsync());
        _host.Clock.Advance(TimeSpan.FromSeconds(5));
        var code = await browser.CodeAsync(changes: (name, value));
        Assert.True(AuthenticatedAt(await (await browser.RedeemAsync(code)).JsonAsync()) >= before + 5);
    }

    [Fact]
    public async Task Get_IdTokenHint_OfThePersonGivesACode_OfAnotherOrAnotherKindAnError()
    {
        await _host.PersonAsync("reporter", "130102", "hinted", "a good password");
        using Browser own = _host.Browser(), others = _host.Browser();
        var tokens = await own.TokensAsync();
        var other = await others.TokensAsync("hinted", "a good password");
        _host.Clock.Advance(TimeSpan.FromMinutes(10));
        var answer = Browser.Answer(await own.AuthorizeAsync(("prompt", "none"), ("id_token_hint", Id(tokens))));
        Assert.True(answer.ContainsKey("code"));
        Assert.Equal("login_required", Browser.Answer(await own.AuthorizeAsync(("prompt", "none"), ("id_token_hint", Id(other))))["error"]);
        Assert.Equal("login_required", Browser.Answer(await own.AuthorizeAsync(("id_token_hint", Id(other))))["error"]);
        foreach (var hint in (string[])[tokens.GetProperty("access_token").GetString()!, Id(tokens)[..^8], "x", new string('x', 4001), WithoutSignature(Id(tokens))])
        {
            Assert.Equal("invalid_request", Browser.Answer(await own.AuthorizeAsync(("id_token_hint", hint)))["error"]);
        }

        var foreign = await own.AuthorizeAsync(("client_id", "other"), ("redirect_uri", ProtocolHost.OtherCallback), ("id_token_hint", Id(tokens)));
        Assert.Equal("invalid_request", Browser.Answer(foreign)["error"]);
    }

    [Fact]
    public async Task Get_UnknownParametersAndAnotherOrder_AreFine()
    {
        using var browser = _host.Browser();
        await browser.CodeAsync();
        var request = Browser.Request(("scope", "offline_access unknown profile openid openid"), ("claims", "{}"), ("display", "page"), ("acr_values", "1 2"), ("claims_locales", "de"), ("whatever", "x"));
        var answer = await browser.GetAsync(Browser.Address(request.Reverse()).ToString());
        Assert.True(Browser.Answer(answer).ContainsKey("code"));
    }

    [Fact]
    public async Task Get_HintAndLanguage_ReachThePage()
    {
        using var browser = _host.Browser();
        var answer = await browser.AuthorizeAsync(("login_hint", "wang\"<li"), ("ui_locales", "fr en zh-CN"));
        var page = await browser.GetAsync(answer.Headers.Location!.ToString());
        var html = await page.Content.ReadAsStringAsync();
        Assert.Equal("en", page.Content.Headers.ContentLanguage.Single());
        Assert.Contains("wang&quot;&lt;li", html.Replace("&#34;", "&quot;", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static string Id(System.Text.Json.JsonElement tokens) => tokens.GetProperty("id_token").GetString()!;

    private static string WithoutSignature(string token) => $"eyJhbGciOiJub25lIn0.{token.Split('.')[1]}.";

    private static long AuthenticatedAt(System.Text.Json.JsonElement tokens) =>
        long.Parse(new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(Id(tokens)).GetClaim("auth_time").Value, System.Globalization.CultureInfo.InvariantCulture);
}
