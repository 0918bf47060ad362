using Gengdu.Identity.Data;
using Gengdu.Identity.Protocol.Authorization;
using Gengdu.Identity.Protocol.Clients;
using Gengdu.Identity.Protocol.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Protocol.Tokens;

/// <summary>The grant authorization_code.</summary>
internal sealed partial class RedeemCode(IdentityDbContext db, SignInSessions sessions, TokenFamilies families, TokenIssuer tokens, TimeProvider clock, ILogger<RedeemCode> logger)
{
    public async Task<(TokenResponse? Response, TokenError? Error)> HandleAsync(Parameters form, Client client, CancellationToken cancellationToken)
    {
        if (form["code"] is not { Length: <= 100 } code)
        {
            return (null, TokenError.InvalidRequest("code is missing"));
        }

        var now = clock.GetUtcNow();
        var hash = Secrets.Hash(code);
        // Burnt before anything is checked, in one statement: of fifty at once, one gets a row.
        var first = await db.AuthorizationCodes.Where(c => c.CodeHash == hash && c.UsedAt == null).ExecuteUpdateAsync(c => c.SetProperty(x => x.UsedAt, now), cancellationToken) == 1;
        var found = await db.AuthorizationCodes.AsNoTracking().SingleOrDefaultAsync(c => c.CodeHash == hash, cancellationToken);
        if (found is not null && !first)
        {
            await families.RevokeAsync(found.FamilyId, found.SessionId, found.PersonId, "authorization-code.replayed", cancellationToken);
            Log.CodeReplayed(logger, found.ClientId, found.PersonId);
        }

        if (found is null || !first || found.ClientId != client.Id || found.RedirectUri != form["redirect_uri"] || found.ExpiresAt <= now
            || !Pkce.Fits(form["code_verifier"], found.Challenge))
        {
            return (null, TokenError.InvalidGrant);
        }

        if (await sessions.FindAsync(found.SessionId, cancellationToken) is not { } current || current.Person.SecurityStamp != found.SecurityStamp)
        {
            return (null, TokenError.InvalidGrant);
        }

        var grant = new Grant(current.Person, current.Session, client.Id, found.Scope, found.FamilyId, found.Nonce);
        var refresh = Scopes.Has(found.Scope, Scopes.OfflineAccess) ? await FirstRefreshAsync(found, now, cancellationToken) : null;
        return (await tokens.ForPersonAsync(grant, client.AudienceFor(form["resource"])!, refresh, withIdToken: true, cancellationToken), null);
    }

    // The row of the code orders us against a replay at the same moment: whichever comes second sees the other.
    private async Task<string> FirstRefreshAsync(AuthorizationCode code, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var token = Secrets.New();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var locked = await db.AuthorizationCodes.FromSql($"select * from authorization_codes where code_hash = {code.CodeHash} for update").AsNoTracking().SingleAsync(cancellationToken);
        db.Add(RefreshToken.First(token, locked, locked.RevokedAt, now));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return token;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "An authorization code of client {ClientId} for {PersonId} came twice; what it gave out was revoked")]
        public static partial void CodeReplayed(ILogger logger, string clientId, Guid personId);
    }
}
