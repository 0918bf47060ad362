using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gengdu.Benchmarks.Bare;

/// <summary>A token like ours (PS256, 2048 bit) from a key that lives as long as the run.</summary>
internal static class BareToken
{
    private const string Issuer = "http://bench.invalid/identity";
    private const string Audience = "bench";

    public static (string Token, string PublicKey) Create()
    {
        using var rsa = RSA.Create(2048);
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            Expires = TimeProvider.System.GetUtcNow().AddHours(4).UtcDateTime,
            Claims = new Dictionary<string, object> { ["sub"] = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString() },
            SigningCredentials = new(new RsaSecurityKey(rsa) { CryptoProviderFactory = new() { CacheSignatureProviders = false } }, SecurityAlgorithms.RsaSsaPssSha256),
        });
        return (token, Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo()));
    }

    public static TokenValidationParameters Accepted(string publicKey)
    {
        var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(Convert.FromBase64String(publicKey), out _);
        return new() { ValidIssuer = Issuer, ValidAudience = Audience, IssuerSigningKey = new RsaSecurityKey(rsa), ValidAlgorithms = [SecurityAlgorithms.RsaSsaPssSha256] };
    }
}
