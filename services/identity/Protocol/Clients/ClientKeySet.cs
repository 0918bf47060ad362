using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Gengdu.Identity.Protocol.Clients;

/// <summary>A client's public keys: RSA of 2048 bits and more, or P-256. Nothing private, nothing symmetric.</summary>
internal static class ClientKeySet
{
    public static readonly IReadOnlyList<string> Algorithms = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSha256];
    private const int Most = 16;
    private const int SmallestModulus = 256;

    /// <summary>The keys, or what is wrong with the set.</summary>
    public static (IReadOnlyList<JsonWebKey> Keys, string? Fault) Read(string json)
    {
        try
        {
            var keys = JsonWebKeySet.Create(json).Keys;
            var fault = keys.Count is 0 or > Most ? "holds no keys, or too many" : keys.Count > 1 && keys.DistinctBy(k => k.Kid).Count() != keys.Count ? "has two keys of one id" : keys.Select(Fault).FirstOrDefault(f => f is not null);
            return fault is null ? ([.. keys], null) : ([], fault);
        }
        catch (Exception fault) when (fault is ArgumentException or System.Text.Json.JsonException or FormatException)
        {
            return ([], "is not a JWK set");
        }
    }

    private static string? Fault(JsonWebKey key) =>
        key.Kty == JsonWebAlgorithmsKeyTypes.Octet || key.K is not null ? "holds a symmetric key"
        : key.D is not null || key.P is not null || key.Q is not null ? "holds a private key"
        : key.Use is not (null or "sig") ? "holds a key that is not for signatures"
        : key.Alg is not null && !Algorithms.Contains(key.Alg) ? $"holds a key for {Visible(key.Alg)}; ES256, PS256 and RS256 are accepted"
        : key.Kty switch
        {
            JsonWebAlgorithmsKeyTypes.RSA => Length(key.N) >= SmallestModulus && Length(key.E) > 0 ? null : "holds an RSA key of less than 2048 bits",
            JsonWebAlgorithmsKeyTypes.EllipticCurve => key.Crv == JsonWebKeyECTypes.P256 && Length(key.X) == 32 && Length(key.Y) == 32 ? null : "holds an elliptic-curve key that is not P-256",
            _ => "holds a key that is neither RSA nor EC",
        };

    private static int Length(string? number) => number is null ? 0 : Base64UrlEncoder.DecodeBytes(number).Length;

    // It goes into a log line.
    private static string Visible(string text) => new StringBuilder().AppendJoin("", text.Where(char.IsAsciiLetterOrDigit).Take(20)).ToString();
}
