using System.Security.Cryptography;
using System.Text;

namespace Gengdu.Identity.Protocol.Clients;

/// <summary>An application that may ask for tokens. Redirect addresses are compared letter by letter.</summary>
internal sealed record Client(string Id, byte[] SecretHash, IReadOnlyList<string> RedirectUris, IReadOnlyList<string> PostLogoutRedirectUris)
{
    public bool HasSecret(string secret) => CryptographicOperations.FixedTimeEquals(SecretHash, Hash(secret));

    // Secrets are random and long, so a fast hash is enough; the registry refuses short ones.
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
