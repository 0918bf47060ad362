using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gengdu.Identity.Protocol.Clients;
using Gengdu.TestKit;
using Microsoft.AspNetCore.WebUtilities;

namespace Gengdu.Identity.Tests.Protocol.Clients;

/// <summary>A client that proves itself with a key of its own, and can be made to do it wrongly.</summary>
internal sealed class SigningClient : IDisposable
{
    private readonly ECDsa _ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly RSA _rsa = RSA.Create(2048);

    public SigningClient(string id) => Id = id;

    public string Id { get; }

    public string KeyId { get; set; } = "key-1";

    /// <summary>Both public keys as a JWK set.</summary>
    public string Jwks
    {
        get
        {
            var (point, rsa) = (_ec.ExportParameters(false).Q, _rsa.ExportParameters(false));
            return JsonSerializer.Serialize(new
            {
                keys = new object[]
                {
                    new { kty = "EC", crv = "P-256", kid = KeyId, use = "sig", x = Encode(point.X!), y = Encode(point.Y!) },
                    new { kty = "RSA", kid = KeyId + "-rsa", use = "sig", n = Encode(rsa.Modulus!), e = Encode(rsa.Exponent!) },
                },
            });
        }
    }

    public static string Encode(byte[] bytes) => WebEncoders.Base64UrlEncode(bytes);

    public static Dictionary<string, object?> Claims(string id, DateTimeOffset now) => new()
    {
        ["iss"] = id, ["sub"] = id, ["aud"] = TestTokens.Issuer, ["jti"] = Guid.CreateVersion7(now).ToString(),
        ["iat"] = now.ToUnixTimeSeconds(), ["exp"] = now.AddSeconds(60).ToUnixTimeSeconds(),
    };

    public string Assertion(DateTimeOffset now, Action<Dictionary<string, object?>>? claims = null, Action<Dictionary<string, object?>>? header = null)
    {
        var (body, head) = (Claims(Id, now), new Dictionary<string, object?> { ["alg"] = "ES256", ["typ"] = "JWT", ["kid"] = KeyId });
        claims?.Invoke(body);
        header?.Invoke(head);
        return Sign(head["alg"]?.ToString() ?? "", $"{Encode(JsonSerializer.SerializeToUtf8Bytes(head))}.{Encode(JsonSerializer.SerializeToUtf8Bytes(body))}");
    }

    /// <summary>Signs what is given as the algorithm says; what it does not know goes unsigned.</summary>
    public string Sign(string algorithm, string content)
    {
        var bytes = Encoding.ASCII.GetBytes(content);
        return $"{content}." + algorithm switch
        {
            "ES256" => Encode(_ec.SignData(bytes, HashAlgorithmName.SHA256)),
            "PS256" => Encode(_rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)),
            "RS256" => Encode(_rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
            "HS256" => Encode(HMACSHA256.HashData(_rsa.ExportSubjectPublicKeyInfo(), bytes)),
            "ES256-zero" => Encode(new byte[64]),
            _ => "",
        };
    }

    public static (string Name, string Value)[] Proof(string assertion) => [("client_assertion_type", ClientAssertions.Type), ("client_assertion", assertion)];

    public void Dispose()
    {
        _ec.Dispose();
        _rsa.Dispose();
    }
}
