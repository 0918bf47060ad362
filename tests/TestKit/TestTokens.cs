using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Gengdu.TestKit;

/// <summary>
/// Access tokens like identity's, signed by a key made for this process. The service under test checks them with its real
/// code; only where the keys come from is replaced.
/// </summary>
public static class TestTokens
{
    public const string Issuer = "http://identity.test/identity";

    private static readonly RsaSecurityKey Key = new(RSA.Create(2048)) { KeyId = "test" };

    /// <summary>A good token; <paramref name="spoil"/> changes what a test is about (audience, type, algorithm, times).</summary>
    public static string Issue(Guid personId, string audience, Action<SecurityTokenDescriptor>? spoil = null)
    {
        // Real time: a token's lifetime is checked against the machine's clock, not the test's.
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var token = new SecurityTokenDescriptor
        {
            TokenType = "at+jwt",
            Issuer = Issuer,
            Audience = audience,
            IssuedAt = now,
            NotBefore = now.AddMinutes(-1),
            Expires = now.AddHours(1),
            Claims = new Dictionary<string, object> { ["sub"] = personId.ToString(), ["client_id"] = "gateway", ["scope"] = audience, ["sid"] = "test" },
            SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.RsaSsaPssSha256),
        };
        spoil?.Invoke(token);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);
    }

    internal static void Trust(JwtBearerOptions bearer)
    {
        bearer.Configuration = new OpenIdConnectConfiguration { Issuer = Issuer, SigningKeys = { Key } };
        bearer.ConfigurationManager = null;
    }
}
