using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Gengdu.Identity.Protocol.Clients;

/// <summary>An application that may ask for tokens. Redirect addresses are compared letter by letter.</summary>
internal sealed record Client(string Id)
{
    private static readonly byte[] NoSecret = new byte[SHA256.HashSizeInBytes];

    public byte[]? SecretHash { get; init; }

    /// <summary>Configured keys; those at <see cref="JwksAddress"/> are looked up when needed.</summary>
    public IReadOnlyList<JsonWebKey> Keys { get; init; } = [];

    public Uri? JwksAddress { get; init; }

    public bool IsPublic { get; init; }

    public IReadOnlyList<string> RedirectUris { get; init; } = [];

    public IReadOnlyList<string> PostLogoutRedirectUris { get; init; } = [];

    public Uri? BackchannelLogoutUri { get; init; }

    public IReadOnlyList<string> Grants { get; init; } = [];

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public IReadOnlyList<string> Audiences { get; init; } = [];

    public bool RequiresPushedRequests { get; init; }

    public bool UsesKeys => Keys.Count > 0 || JwksAddress is not null;

    /// <summary>Asks for no tokens but checks those that reach it.</summary>
    public bool IsResourceServer => Grants.Count == 0;

    /// <summary>The audience meant by a request; null when it is not for this client.</summary>
    public string? AudienceFor(string? resource) => resource is null ? Audiences[0] : Audiences.Contains(resource, StringComparer.Ordinal) ? resource : null;

    public bool HasSecret(string secret) => CryptographicOperations.FixedTimeEquals(SecretHash ?? NoSecret, Hash(secret)) && SecretHash is not null;

    // Secrets are random and long, so a fast hash is enough; the registry refuses short ones.
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}

/// <summary>The ways to a token.</summary>
internal static class Grants
{
    public const string Code = "authorization_code";
    public const string Refresh = "refresh_token";
    public const string Machine = "client_credentials";
    public static readonly IReadOnlyList<string> All = [Code, Refresh, Machine];
}
