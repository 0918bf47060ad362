using Gengdu.Identity.Data;
using Gengdu.Identity.Protocol.Authorization;
using Gengdu.Identity.Protocol.Clients;
using Gengdu.Identity.Protocol.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Protocol.Tokens;

/// <summary>The grant refresh_token: one use, a successor, and death of the family when an old one comes back.</summary>
internal sealed partial class RefreshGrant(IdentityDbContext db, SignInSessions sessions, TokenFamilies families, TokenIssuer tokens, TimeProvider clock, ILogger<RefreshGrant> logger)
{
    public async Task<(TokenResponse? Response, TokenError? Error)> HandleAsync(Parameters form, Client client, CancellationToken cancellationToken)
    {
        if (form["refresh_token"] is not { Length: <= 100 } token)
        {
            return (null, TokenError.InvalidRequest("refresh_token is missing"));
        }

        var now = clock.GetUtcNow();
        var hash = Secrets.Hash(token);
        var found = await db.RefreshTokens.AsNoTracking().SingleOrDefaultAsync(t => t.TokenHash == hash, cancellationToken);
        if (found is null || found.ClientId != client.Id || found.RevokedAt is not null || found.ExpiresAt <= now || found.FamilyExpiresAt <= now)
        {
            return (null, TokenError.InvalidGrant);
        }

        if (form["scope"] is { } narrower && narrower.Split(' ').Except(found.Scope.Split(' ')).Any())
        {
            return (null, TokenError.InvalidScope);
        }

        var session = await sessions.FindAsync(found.SessionId, cancellationToken);
        if (session is not { } current || current.Person.SecurityStamp != found.SecurityStamp)
        {
            await families.RevokeAsync(found.FamilyId, found.SessionId, found.PersonId, "refresh-token.refused", cancellationToken);
            return (null, TokenError.InvalidGrant);
        }

        if (await RotateAsync(found, now, cancellationToken) is not { } next)
        {
            await ReusedAsync(hash, client, now, cancellationToken);
            return (null, TokenError.InvalidGrant);
        }

        var grant = new Grant(current.Person, current.Session, client.Id, form["scope"] is { } asked ? Scopes.Granted(asked, client) : found.Scope, found.FamilyId);
        return (await tokens.ForPersonAsync(grant, client.AudienceFor(form["resource"])!, next, withIdToken: false, cancellationToken), null);
    }

    /// <summary>Uses it up and writes its successor together; null when somebody was first.</summary>
    private async Task<string?> RotateAsync(RefreshToken present, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await families.HoldAsync(present.FamilyId, cancellationToken)
            || await db.RefreshTokens.Where(t => t.TokenHash == present.TokenHash && t.UsedAt == null && t.RevokedAt == null).ExecuteUpdateAsync(t => t.SetProperty(x => x.UsedAt, now), cancellationToken) == 0)
        {
            return null;
        }

        var token = Secrets.New();
        db.Add(present.Next(token, now));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return token;
    }

    // Whoever cannot prove who repeats the token gets no grace.
    private async Task ReusedAsync(string hash, Client client, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var used = await db.RefreshTokens.AsNoTracking().SingleAsync(t => t.TokenHash == hash, cancellationToken);
        if (used.UsedAt is { } at && (client.IsPublic || now - at > RefreshToken.Grace))
        {
            await families.RevokeAsync(used.FamilyId, used.SessionId, used.PersonId, "refresh-token.replayed", cancellationToken);
            Log.Reused(logger, used.ClientId, used.PersonId);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A used refresh token of client {ClientId} for {PersonId} came back; its family was revoked")]
        public static partial void Reused(ILogger logger, string clientId, Guid personId);
    }
}
