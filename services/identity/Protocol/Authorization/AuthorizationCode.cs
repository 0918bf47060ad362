using Gengdu.Identity.People;
using Gengdu.Identity.Protocol.Sessions;

namespace Gengdu.Identity.Protocol.Authorization;

/// <summary>One sign-in on its way to a client: 60 seconds, burnt at the first attempt whatever comes of it.</summary>
internal sealed class AuthorizationCode
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private AuthorizationCode()
    {
    }

    public string CodeHash { get; private init; } = "";

    public string ClientId { get; private init; } = "";

    public string RedirectUri { get; private init; } = "";

    public string Challenge { get; private init; } = "";

    public string Scope { get; private init; } = "";

    public string? Nonce { get; private init; }

    public Guid PersonId { get; private init; }

    public string SecurityStamp { get; private init; } = "";

    public string SessionId { get; private init; } = "";

    public DateTimeOffset AuthenticatedAt { get; private init; }

    /// <summary>All refresh tokens that descend from this code.</summary>
    public Guid FamilyId { get; private init; }

    public DateTimeOffset ExpiresAt { get; private init; }

    public DateTimeOffset? UsedAt { get; private init; }

    /// <summary>It came twice: whatever it gave out is dead.</summary>
    public DateTimeOffset? RevokedAt { get; private init; }

    public static AuthorizationCode Create(string code, AuthorizeRequest request, SignInSession session, Person person, DateTimeOffset now) => new()
    {
        CodeHash = Secrets.Hash(code),
        ClientId = request.Client.Id,
        RedirectUri = request.RedirectUri,
        Challenge = request.Challenge,
        Scope = request.Scope,
        Nonce = request.Nonce,
        PersonId = person.Id,
        SecurityStamp = person.SecurityStamp!,
        SessionId = session.Id,
        AuthenticatedAt = session.AuthenticatedAt,
        FamilyId = Guid.CreateVersion7(now),
        ExpiresAt = now + Lifetime,
    };
}
