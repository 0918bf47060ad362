using System.Net;
using System.Security.Cryptography;
using System.Text;
using Gengdu.TestKit;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gengdu.Identity.Tests.Protocol;

/// <summary>What a service accepts as an access token; identity's own API stands for all, they share the code.</summary>
public sealed class AccessTokenTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private readonly ProtocolHost _host = fixture.Host;

    [Fact]
    public async Task Get_WithAGoodToken_IsAccepted_OthersAreNot()
    {
        using var browser = _host.Browser();
        var tokens = await browser.TokensAsync();
        var good = tokens.GetProperty("access_token").GetString()!;
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(good));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(tokens.GetProperty("id_token").GetString()!));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(tokens.GetProperty("refresh_token").GetString()!));
        var parts = good.Split('.');
        foreach (var algorithm in (string[])["none", "None", "nOnE", ""])
        {
            var header = Encode($$"""{"alg":"{{algorithm}}","typ":"at+jwt"}""");
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync($"{header}.{parts[1]}."));
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync($"{header}.{parts[1]}.{parts[2]}"));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync($"{parts[0]}.{parts[1]}.{parts[2][..^4]}AAAA"));
        var reporting = await (await browser.RefreshAsync(tokens.GetProperty("refresh_token").GetString()!, "reporting")).JsonAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(reporting.GetProperty("access_token").GetString()!));
    }

    [Fact]
    public async Task Get_HmacOverThePublicKey_IsRefused()
    {
        using var client = _host.CreateClient();
        var jwk = (await (await client.GetAsync("/identity/jwks")).JsonAsync()).GetProperty("keys").EnumerateArray().First(k => k.GetProperty("alg").GetString() == "PS256");
        var header = Encode($$"""{"alg":"HS256","typ":"at+jwt","kid":"{{jwk.GetProperty("kid").GetString()}}"}""");
        var payload = Encode($$"""{"iss":"{{TestTokens.Issuer}}","aud":"identity","sub":"{{_host.AdministratorId}}","exp":{{TimeProvider.System.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds()}}}""");
        var signature = WebEncoders.Base64UrlEncode(HMACSHA256.HashData(WebEncoders.Base64UrlDecode(jwk.GetProperty("n").GetString()!), Encoding.ASCII.GetBytes($"{header}.{payload}")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync($"{header}.{payload}.{signature}"));
    }

    [Fact]
    public async Task Get_SpoiltTokens_AreRefused()
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        (string Name, Action<SecurityTokenDescriptor> Spoil)[] cases =
        [
            ("type", t => t.TokenType = "JWT"),
            ("audience", t => t.Audience = "reporting"),
            ("audience prefix", t => t.Audience = "identity2"),
            ("issuer", t => t.Issuer = "http://evil.test/identity"),
            ("expired", t => (t.NotBefore, t.IssuedAt, t.Expires) = (now.AddMinutes(-9), now.AddMinutes(-9), now.AddSeconds(-31))),
            ("no expiry", t => t.Expires = null),
            ("RS256", t => t.SigningCredentials = new(t.SigningCredentials.Key, SecurityAlgorithms.RsaSha256)),
            ("foreign key", t => t.SigningCredentials = new(new RsaSecurityKey(RSA.Create(2048)) { KeyId = "test" }, SecurityAlgorithms.RsaSsaPssSha256)),
        ];
        foreach (var (name, spoil) in cases)
        {
            var status = await StatusAsync(TestTokens.Issue(_host.AdministratorId, "identity", spoil));
            Assert.True(status == HttpStatusCode.Unauthorized, $"{name} was answered {status}");
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(TestTokens.Issue(_host.AdministratorId, "identity")));
    }

    private static string Encode(string json) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(json));

    private async Task<HttpStatusCode> StatusAsync(string token)
    {
        using var client = _host.CreateClient(token);
        return (await client.GetAsync("/api/identity/me")).StatusCode;
    }
}
