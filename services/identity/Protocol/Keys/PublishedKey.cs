using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Gengdu.Identity.Protocol.Keys;

/// <summary>A key ready for use in this process.</summary>
internal sealed record PublishedKey(string Id, string Use, RsaSecurityKey Key, DateTimeOffset ActiveFrom)
{
    public string Algorithm => Use == KeyUses.Access ? SecurityAlgorithms.RsaSsaPssSha256 : SecurityAlgorithms.RsaSha256;

    public static PublishedKey Open(SigningKey stored, Func<string, string> unseal)
    {
        var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(Convert.FromBase64String(unseal(stored.SealedPrivateKey)), out _);
        return new(stored.Id, stored.Use, new RsaSecurityKey(rsa) { KeyId = stored.Id }, stored.ActiveFrom);
    }

    /// <summary>The public half, as JWKS shows it.</summary>
    public Jwk ToJwk()
    {
        var numbers = Key.Rsa.ExportParameters(includePrivateParameters: false);
        return new("RSA", "sig", Id, Algorithm, Base64UrlEncoder.Encode(numbers.Modulus), Base64UrlEncoder.Encode(numbers.Exponent));
    }
}

internal sealed record Jwk(string Kty, string Use, string Kid, string Alg, string N, string E);

internal sealed record JwkSet(IReadOnlyList<Jwk> Keys);
