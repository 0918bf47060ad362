namespace Gengdu.Gateway.Sessions;

/// <summary>A session at rest: the cookie as a hash, the tokens sealed.</summary>
internal sealed class StoredSession
{
    public required string KeyHash { get; init; }

    public required Guid PersonId { get; init; }

    public required string Name { get; init; }

    /// <summary>The provider's session ("sid"), by which it can end ours.</summary>
    public string? SignInId { get; init; }

    /// <summary>Whose share of the platform the person uses: a county, mostly.</summary>
    public string? Area { get; init; }

    /// <summary>Refresh token and id token, sealed by Data Protection; empty once the session has ended.</summary>
    public required string SealedTokens { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Last request of the person at any replica, a minute late at most.</summary>
    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>By the database's clock, so that all replicas mean the same.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>A replica is using the refresh token up; the others wait for its successor.</summary>
    public DateTimeOffset? RefreshingUntil { get; init; }
}

/// <summary>What is sealed.</summary>
internal sealed record SessionTokens(string RefreshToken, string IdToken);

/// <summary>A logout token that was obeyed: not a second time, and no session of that sign-in may begin any more.</summary>
internal sealed class ObeyedLogout
{
    public required string TokenHash { get; init; }

    public string? SignInId { get; init; }

    public Guid? PersonId { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset KeptUntil { get; init; }
}
