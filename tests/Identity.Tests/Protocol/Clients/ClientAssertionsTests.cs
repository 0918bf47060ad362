using System.Net;
using System.Text;
using Gengdu.TestKit;

namespace Gengdu.Identity.Tests.Protocol.Clients;

public sealed class ClientAssertionsTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private readonly ProtocolHost _host = fixture.Host;

    private SigningClient Machine => _host.Machine;

    private DateTimeOffset Now => _host.Clock.GetUtcNow();

    [Theory]
    [InlineData("ES256", "key-1")]
    [InlineData("ES256", null)]
    [InlineData("PS256", "key-1-rsa")]
    [InlineData("RS256", "key-1-rsa")]
    public async Task Assertion_SignedByARegisteredKey_IsAcceptedOnce(string algorithm, string? keyId)
    {
        var assertion = Machine.Assertion(Now, header: h => (h["alg"], h["kid"]) = (algorithm, keyId));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(assertion));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(assertion));
        Assert.Contains(_host.Log.Security, line => line.StartsWith("An assertion of client provincial-system came twice", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Assertion_TwentyAtOnce_OneIsAccepted()
    {
        var assertion = Machine.Assertion(Now);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => StatusAsync(assertion)));
        Assert.Single(answers, HttpStatusCode.OK);
    }

    public static TheoryData<string> SpoiltClaims() =>
    [
        "aud: list", "aud: token address", "aud: issuer with slash", "aud: other", "aud: missing", "iss: other", "sub: other", "sub: missing", "iss: missing", "both: unknown", "both: gateway",
        "exp: missing", "exp: text", "exp: past", "exp: six minutes", "exp: a day", "exp: 2^63", "exp: negative", "iat: future", "iat: text", "nbf: future", "jti: missing", "jti: empty", "jti: long", "jti: number",
    ];

    [Theory]
    [MemberData(nameof(SpoiltClaims))]
    public async Task Assertion_WithSpoiltClaims_IsRefused(string what)
    {
        var (claim, how) = (what.Split(": ")[0], what.Split(": ")[1]);
        var seconds = Now.ToUnixTimeSeconds();
        object? value = (claim, how) switch
        {
            ("aud", "list") => new[] { TestTokens.Issuer },
            ("aud", "token address") => TestTokens.Issuer + "/token",
            ("aud", "issuer with slash") => TestTokens.Issuer + "/",
            ("exp", "text") => $"{seconds + 60}",
            ("exp", "past") => seconds - 31,
            ("exp", "six minutes") => seconds + 360,
            ("exp", "a day") => seconds + 86_400,
            ("exp", "2^63") => 9_223_372_036_854_775_808UL,
            ("exp", "negative") => -1,
            ("iat" or "nbf", "future") => seconds + 61,
            ("iat", "text") => $"{seconds}",
            ("jti", "empty") => "",
            ("jti", "long") => new string('x', 201),
            ("jti", "number") => 5,
            ("both", var other) => other,
            (_, "missing") => null,
            _ => "https://other.test",
        };
        var assertion = Machine.Assertion(Now, claims =>
        {
            foreach (var name in claim == "both" ? new[] { "iss", "sub" } : [claim])
            {
                claims[name] = value;
                if (how == "missing")
                {
                    claims.Remove(name);
                }
            }
        });
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(assertion));
    }

    [Theory]
    [InlineData("alg", "none")]
    [InlineData("alg", "None")]
    [InlineData("alg", "HS256")]
    [InlineData("alg", "ES256-zero")]
    [InlineData("alg", "RS512")]
    [InlineData("kid", "unknown")]
    [InlineData("kid", "key-1-rsa")]
    [InlineData("kid", "../../etc/passwd")]
    [InlineData("typ", "at+jwt")]
    [InlineData("typ", "logout+jwt")]
    [InlineData("crit", "exp")]
    public async Task Assertion_WithASpoiltHeader_IsRefused(string name, string value) =>
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(Machine.Assertion(Now, header: h => h[name] = value)));

    [Fact]
    public async Task Assertion_ByAnotherKey_OrWithItsKeyInTheHeader_IsRefused()
    {
        using var thief = new SigningClient(Machine.Id);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(thief.Assertion(Now)));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(thief.Assertion(Now, header: h => h["jwk"] = System.Text.Json.JsonDocument.Parse(thief.Jwks).RootElement.GetProperty("keys")[0])));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(thief.Assertion(Now, header: h => h["jku"] = "http://127.0.0.1:9/jwks")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("a.b.c")]
    [InlineData("a.b.c.d.e")]
    [InlineData("e30.e30.")]
    [InlineData("W10.W10.x")]
    [InlineData("bnVsbA.bnVsbA.x")]
    [InlineData("!!!.???.%%%")]
    public async Task Assertion_ThatIsNone_IsRefused(string assertion) => Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(assertion));

    [Fact]
    public async Task Assertion_WithAMemberTwice_IsRefused()
    {
        var seconds = Now.ToUnixTimeSeconds();
        string Content(string more) => SigningClient.Encode(Encoding.UTF8.GetBytes("""{"alg":"ES256","kid":"key-1"}""")) + "." + SigningClient.Encode(Encoding.UTF8.GetBytes(
            $$"""{"iss":"{{Machine.Id}}","sub":"{{Machine.Id}}","aud":"{{TestTokens.Issuer}}","jti":"{{Guid.CreateVersion7(Now)}}","exp":{{seconds + 60}}{{more}}}"""));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Machine.Sign("ES256", Content(""))));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(Machine.Sign("ES256", Content($$""","aud":"{{TestTokens.Issuer}}" """))));
    }

    /// <summary>A minute off: the slow clock's assertion of a minute still counts, the fast clock's was made in the future.</summary>
    [Theory]
    [InlineData(-60, true)]
    [InlineData(-31, true)]
    [InlineData(29, true)]
    [InlineData(60, false)]
    [InlineData(-91, false)]
    public async Task Assertion_OfAClientWhoseClockIsOff(int seconds, bool accepted) =>
        Assert.Equal(accepted ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, await StatusAsync(Machine.Assertion(Now.AddSeconds(seconds))));

    [Fact]
    public async Task Assertion_AndAnotherProof_OrAnotherClientId_IsRefused()
    {
        using var browser = _host.Browser();
        var both = await browser.PostAsync("/identity/token", [("grant_type", "client_credentials"), ("client_secret", "x"), .. SigningClient.Proof(Machine.Assertion(Now))]);
        Assert.Equal("invalid_request", await Browser.ErrorAsync(both));
        var twice = await browser.TokenAsync("gateway", ProtocolHost.Secret, [("grant_type", "client_credentials"), .. SigningClient.Proof(Machine.Assertion(Now))]);
        Assert.Equal("invalid_request", await Browser.ErrorAsync(twice));
        var other = await browser.PostAsync("/identity/token", [("grant_type", "client_credentials"), ("client_id", "gateway"), .. SigningClient.Proof(Machine.Assertion(Now))]);
        Assert.Equal("invalid_client", await Browser.ErrorAsync(other));
        var saml = await browser.PostAsync("/identity/token", ("grant_type", "client_credentials"), ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"), ("client_assertion", Machine.Assertion(Now)));
        Assert.Equal("invalid_client", await Browser.ErrorAsync(saml));
    }

    [Fact]
    public async Task Secret_OfAClientThatSigns_DoesNotExist()
    {
        using var browser = _host.Browser();
        foreach (var secret in (string[])["", "\0\0\0\0", "anything"])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await browser.TokenAsync(Machine.Id, secret, ("grant_type", "client_credentials"))).StatusCode);
        }
    }

    private async Task<HttpStatusCode> StatusAsync(string assertion)
    {
        using var browser = _host.Browser();
        return (await browser.PostAsync("/identity/token", [("grant_type", "client_credentials"), .. SigningClient.Proof(assertion)])).StatusCode;
    }
}
