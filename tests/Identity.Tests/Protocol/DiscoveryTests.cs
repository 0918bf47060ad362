namespace Gengdu.Identity.Tests.Protocol;

public sealed class DiscoveryTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private const string Document = "/identity/.well-known/openid-configuration";
    private readonly ProtocolHost _host = fixture.Host;

    [Fact]
    public async Task Get_Discovery_IssuerNeverMoves()
    {
        foreach (var (address, tokens) in ((string, string)[])[("http://evil.test", "http://identity.test/identity/token"), ("http://inside.test:5101", "http://inside.test:5101/identity/token")])
        {
            using var client = _host.CreateClient();
            client.DefaultRequestHeaders.Add("X-Forwarded-Host", "evil.test");
            var document = await (await client.GetAsync(new Uri(address + Document))).JsonAsync();
            Assert.Equal("http://identity.test/identity", document.GetProperty("issuer").GetString());
            Assert.Equal("http://identity.test/identity/authorize", document.GetProperty("authorization_endpoint").GetString());
            Assert.Equal(tokens, document.GetProperty("token_endpoint").GetString());
            Assert.Equal("S256", Assert.Single(document.GetProperty("code_challenge_methods_supported").EnumerateArray()).GetString());
        }
    }

    [Fact]
    public async Task Get_Jwks_ShowsPublicHalvesOnly()
    {
        using var client = _host.CreateClient();
        var keys = (await (await client.GetAsync("/identity/jwks")).JsonAsync()).GetProperty("keys").EnumerateArray().ToArray();
        Assert.Equal(["PS256", "RS256"], keys.Select(k => k.GetProperty("alg").GetString()!).Order(StringComparer.Ordinal));
        Assert.All(keys, key => Assert.Equal(["alg", "e", "kid", "kty", "n", "use"], key.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Get_Metadata_IsTheSameWhereverItIsAskedFor()
    {
        using var client = _host.CreateClient();
        var document = (await (await client.GetAsync(Document)).JsonAsync()).GetRawText();
        foreach (var address in (string[])["/identity/.well-known/oauth-authorization-server", "/.well-known/oauth-authorization-server/identity"])
        {
            var response = await client.GetAsync(address);
            Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
            Assert.Equal(document, (await response.JsonAsync()).GetRawText());
        }
    }

    [Fact]
    public async Task Get_Discovery_SaysWhatThereIs()
    {
        using var client = _host.CreateClient();
        var document = await (await client.GetAsync(Document)).JsonAsync();
        Assert.Equal(["authorization_code", "refresh_token", "client_credentials"], Texts("grant_types_supported"));
        Assert.Equal(["private_key_jwt", "client_secret_basic", "client_secret_post", "none"], Texts("token_endpoint_auth_methods_supported"));
        Assert.Equal(["ES256", "PS256", "RS256"], Texts("token_endpoint_auth_signing_alg_values_supported"));
        Assert.DoesNotContain("none", Texts("introspection_endpoint_auth_methods_supported"));
        foreach (var (name, path) in ((string, string)[])[
            ("pushed_authorization_request_endpoint", "par"), ("introspection_endpoint", "introspect"), ("revocation_endpoint", "revoke"), ("userinfo_endpoint", "userinfo"), ("end_session_endpoint", "end-session")])
        {
            Assert.Equal("http://identity.test/identity/" + path, document.GetProperty(name).GetString());
        }

        Assert.All((string[])["backchannel_logout_supported", "backchannel_logout_session_supported", "authorization_response_iss_parameter_supported"], name => Assert.True(document.GetProperty(name).GetBoolean()));
        Assert.All((string[])["request_parameter_supported", "request_uri_parameter_supported", "claims_parameter_supported"], name => Assert.False(document.GetProperty(name).GetBoolean()));

        IEnumerable<string> Texts(string name) => document.GetProperty(name).EnumerateArray().Select(v => v.GetString()!);
    }
}
