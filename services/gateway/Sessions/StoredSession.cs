namespace Gengdu.Gateway.Sessions;

/// <summary>A session at rest: the cookie as a hash, the tokens sealed.</summary>
internal sealed class StoredSession
{
    public required string KeyHash { get; init; }

    public required Guid PersonId { get; init; }

    public required string Name { get; init; }

    /// <summary>Refresh token and id token, sealed by Data Protection.</summary>
    public required string SealedTokens { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>What is sealed.</summary>
internal sealed record SessionTokens(string RefreshToken, string IdToken);
