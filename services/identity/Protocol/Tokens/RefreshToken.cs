using Gengdu.Identity.Protocol.Authorization;

namespace Gengdu.Identity.Protocol.Tokens;

/// <summary>Good for one use; each use gives its successor. One that comes twice betrays a thief, and its family dies.</summary>
internal sealed class RefreshToken
{
    public static readonly TimeSpan Idle = TimeSpan.FromHours(1);
    public static readonly TimeSpan FamilyLifetime = TimeSpan.FromHours(8);

    /// <summary>The same client may repeat itself for a moment (a lost answer, two replicas) without killing the family; it still gets nothing.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private RefreshToken()
    {
    }

    public string TokenHash { get; private init; } = "";

    public Guid FamilyId { get; private init; }

    public string ClientId { get; private init; } = "";

    public Guid PersonId { get; private init; }

    public string SecurityStamp { get; private init; } = "";

    public string SessionId { get; private init; } = "";

    public string Scope { get; private init; } = "";

    public DateTimeOffset ExpiresAt { get; private init; }

    public DateTimeOffset FamilyExpiresAt { get; private init; }

    public DateTimeOffset? UsedAt { get; private init; }

    public DateTimeOffset? RevokedAt { get; private init; }

    public static RefreshToken First(string token, AuthorizationCode code, DateTimeOffset? revokedAt, DateTimeOffset now) => new()
    {
        TokenHash = Secrets.Hash(token),
        FamilyId = code.FamilyId,
        ClientId = code.ClientId,
        PersonId = code.PersonId,
        SecurityStamp = code.SecurityStamp,
        SessionId = code.SessionId,
        Scope = code.Scope,
        ExpiresAt = now + Idle,
        FamilyExpiresAt = now + FamilyLifetime,
        RevokedAt = revokedAt,
    };

    public RefreshToken Next(string token, DateTimeOffset now) => new()
    {
        TokenHash = Secrets.Hash(token),
        FamilyId = FamilyId,
        ClientId = ClientId,
        PersonId = PersonId,
        SecurityStamp = SecurityStamp,
        SessionId = SessionId,
        Scope = Scope,
        ExpiresAt = now + Idle < FamilyExpiresAt ? now + Idle : FamilyExpiresAt,
        FamilyExpiresAt = FamilyExpiresAt,
    };
}
