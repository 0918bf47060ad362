using Gengdu.Audit;
using Gengdu.Contracts.Identity.V1;
using Gengdu.Identity.Data;
using Gengdu.Identity.Protocol.SignIn;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Protocol.Tokens;

/// <summary>All tokens that descend from one code. They die together: here at once, at every service within seconds.</summary>
internal sealed class TokenFamilies(IdentityDbContext db, EndedSignIns ended, AccountActs acts, TimeProvider clock)
{
    public async Task RevokeAsync(Guid family, string sessionId, Guid personId, string why, CancellationToken cancellationToken, AuditOutcome outcome = AuditOutcome.Denied)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // The code's row first: whoever gives out a successor holds it, so that none slips through in between.
        var first = await db.AuthorizationCodes.Where(c => c.FamilyId == family && c.RevokedAt == null).ExecuteUpdateAsync(c => c.SetProperty(x => x.RevokedAt, now), cancellationToken) == 1;
        await db.RefreshTokens.Where(t => t.FamilyId == family && t.RevokedAt == null).ExecuteUpdateAsync(t => t.SetProperty(x => x.RevokedAt, now), cancellationToken);
        // Unless a client gave it back, somebody showed what was not theirs to show, or not any more: who, nobody knows.
        await db.AuditAsync(
            [await acts.OfAsync(personId, why, new { family }, cancellationToken) with { ActorId = null, Outcome = outcome, Session = AuditAct.SessionOf(sessionId) }], now, cancellationToken);
        if (first)
        {
            db.Publish(new SignInEnded { SessionId = sessionId, PersonId = personId, EndedAt = now, TokenFamily = TokenIds.Name(family) }, now);
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        ended.Add(TokenIds.Name(family));
    }

    /// <summary>False when the family was revoked; true holds until the transaction it is asked in ends.</summary>
    public async Task<bool> HoldAsync(Guid family, CancellationToken cancellationToken) =>
        (await db.AuthorizationCodes.FromSql($"select * from authorization_codes where family_id = {family} and revoked_at is null for share").AsNoTracking().ToListAsync(cancellationToken)).Count == 1;
}
