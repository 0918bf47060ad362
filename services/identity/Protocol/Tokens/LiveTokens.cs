using Gengdu.Identity.Data;
using Gengdu.Identity.People;
using Gengdu.Identity.Protocol.Replays;
using Gengdu.Identity.Protocol.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Protocol.Tokens;

/// <summary>Whether an access token whose signature is good still counts here, where the session and its code are known.</summary>
internal sealed class LiveTokens(IdentityDbContext db, SignInSessions sessions, SeenIdentifiers seen)
{
    private const string Revoked = "revoked";

    /// <summary>The person of a person's token; null when its session ended, its code came twice or it was revoked.</summary>
    public async Task<(SignInSession Session, Person Person)?> PersonOfAsync(string? sessionId, string? tokenId, CancellationToken cancellationToken) =>
        sessionId is not null && await IsStandingAsync(tokenId, cancellationToken) ? await sessions.FindAsync(sessionId, cancellationToken) : null;

    /// <summary>False for a revoked one, and when its code was used a second time.</summary>
    public async Task<bool> IsStandingAsync(string? tokenId, CancellationToken cancellationToken)
    {
        var family = TokenIds.FamilyOf(tokenId);
        return tokenId is null || !(await seen.WasSeenAsync(Revoked, tokenId, cancellationToken)
            || (family is { } known && known != Guid.Empty && await db.AuthorizationCodes.AnyAsync(c => c.FamilyId == known && c.RevokedAt != null, cancellationToken)));
    }

    public Task RevokeAsync(string tokenId, DateTimeOffset until, CancellationToken cancellationToken) => seen.FirstTimeAsync(Revoked, tokenId, until, cancellationToken);
}
