using System.Runtime.CompilerServices;
using Gengdu.Audit;
using Gengdu.Gateway.Data;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Gateway.Sessions;

/// <summary>
/// The rows that all replicas share. Every change is one statement that says itself when it applies, so two replicas cannot
/// both win; "ended" is a mark that the others read twice a second, and not a deletion that they would have to miss.
/// </summary>
internal sealed class SessionTable(IServiceScopeFactory scopes, TimeProvider clock)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    public Task AddAsync(StoredSession session, CancellationToken cancellationToken) => InDatabaseAsync(db =>
    {
        db.Add(session);
        db.Audit(Act("session.begun", session.PersonId, session.SignInId), clock.GetUtcNow());
        return db.SaveChangesAsync(cancellationToken);
    });

    /// <summary>Writes down when the person was last here (what this process knew until now, and what it knows now) and returns the session, or null when it is over.</summary>
    public async Task<StoredSession?> SeeAsync(string keyHash, DateTimeOffset known, DateTimeOffset seen, DateTimeOffset now, TimeSpan idle, CancellationToken cancellationToken) =>
        (await InDatabaseAsync(db => db.Sessions.FromSql($"""
            update sessions set last_seen_at = greatest(last_seen_at, {known}, {seen})
            where key_hash = {keyHash} and ended_at is null and expires_at > {now} and greatest(last_seen_at, {known}) > {now - idle} returning *
            """).AsNoTracking().ToListAsync(cancellationToken))).SingleOrDefault();

    public Task<StoredSession?> ReadAsync(string keyHash, CancellationToken cancellationToken) =>
        InDatabaseAsync(db => db.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.KeyHash == keyHash && s.EndedAt == null, cancellationToken));

    public Task<int> EndAsync(string keyHash, CancellationToken cancellationToken) => InDatabaseAsync(async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var ended = await EndAsync(db, $"update sessions set ended_at = now(), sealed_tokens = '' where key_hash = {keyHash} and ended_at is null", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return ended;
    });

    /// <summary>Keys of sessions that ended lately, wherever.</summary>
    public Task<List<string>> EndedWithinAsync(TimeSpan period, CancellationToken cancellationToken) => InDatabaseAsync(db => db.Database.SqlQuery<string>(
        $"select key_hash as \"Value\" from sessions where ended_at > now() - {period}").ToListAsync(cancellationToken));

    /// <summary>The one who gets the row may use its refresh token; null for the others, and when the session is over.</summary>
    public async Task<StoredSession?> ClaimRefreshAsync(string keyHash) => (await InDatabaseAsync(db => db.Sessions.FromSql($"""
        update sessions set refreshing_until = now() + {Lease}
        where key_hash = {keyHash} and ended_at is null and (refreshing_until is null or refreshing_until < now()) returning *
        """).AsNoTracking().ToListAsync())).SingleOrDefault();

    /// <summary>Keeps the successor of the refresh token, if there is one, and lets the next one through.</summary>
    public Task<int> ReleaseRefreshAsync(string keyHash, string? sealedTokens) => InDatabaseAsync(db => db.Database.ExecuteSqlAsync(
        $"update sessions set sealed_tokens = coalesce({sealedTokens}, sealed_tokens), refreshing_until = null where key_hash = {keyHash} and ended_at is null"));

    /// <summary>
    /// Ends all sessions of the sign-in, or of the person; false when this token was obeyed before. Ends them once more after
    /// the commit: a session that was being written meanwhile saw no token yet, and was not seen.
    /// </summary>
    public async Task<bool> ObeyAsync(ObeyedLogout logout, CancellationToken cancellationToken)
    {
        var first = await InDatabaseAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var inserted = await db.Database.ExecuteSqlAsync($"""
                insert into obeyed_logouts (token_hash, sign_in_id, person_id, issued_at, kept_until)
                values ({logout.TokenHash}, {logout.SignInId}, {logout.PersonId}, {logout.IssuedAt}, {logout.KeptUntil}) on conflict do nothing
                """, cancellationToken);
            await EndSignInAsync(db, logout, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return inserted == 1;
        });
        if (first)
        {
            await InDatabaseAsync(async db =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
                var late = await EndSignInAsync(db, logout, CancellationToken.None);
                await transaction.CommitAsync(CancellationToken.None);
                return late;
            });
        }

        return first;
    }

    /// <summary>Whether the provider already ended the sign-in that this new session comes from.</summary>
    public Task<bool> WasLoggedOutAsync(StoredSession session, DateTimeOffset signedInAt, CancellationToken cancellationToken) => InDatabaseAsync(db => db.ObeyedLogouts.AnyAsync(
        l => l.SignInId != null ? l.SignInId == session.SignInId : l.PersonId == session.PersonId && l.IssuedAt >= signedInAt, cancellationToken));

    /// <summary>Forgets what nobody asks for any more.</summary>
    public Task<int> CleanAsync(DateTimeOffset now, TimeSpan idle, CancellationToken cancellationToken) => InDatabaseAsync(async db =>
        await db.Sessions.Where(s => s.ExpiresAt <= now || s.LastSeenAt <= now - idle - TimeSpan.FromMinutes(5)).ExecuteDeleteAsync(cancellationToken)
        + await db.Database.ExecuteSqlAsync($"delete from sessions where ended_at < now() - interval '10 minutes'", cancellationToken)
        + await db.ObeyedLogouts.Where(l => l.KeptUntil <= now).ExecuteDeleteAsync(cancellationToken));

    private Task<int> EndSignInAsync(GatewayDbContext db, ObeyedLogout logout, CancellationToken cancellationToken) => logout.SignInId is { } signIn
        ? EndAsync(db, $"update sessions set ended_at = now(), sealed_tokens = '' where sign_in_id = {signIn} and ended_at is null", cancellationToken)
        : EndAsync(db, $"update sessions set ended_at = now(), sealed_tokens = '' where person_id = {logout.PersonId} and ended_at is null", cancellationToken);

    // Within the caller's transaction: no session ends without an act that says whose it was.
    private async Task<int> EndAsync(GatewayDbContext db, FormattableString ending, CancellationToken cancellationToken)
    {
        var sql = FormattableStringFactory.Create(ending.Format + " returning *", ending.GetArguments());
        var ended = await db.Sessions.FromSql(sql).AsNoTracking().ToListAsync(cancellationToken);
        await db.AuditAsync(ended.Select(session => Act("session.ended", session.PersonId, session.SignInId)), clock.GetUtcNow(), cancellationToken);
        return ended.Count;
    }

    private static AuditAct Act(string act, Guid personId, string? signInId) => AuditAct.By(personId, act) with { Session = AuditAct.SessionOf(signInId) };

    private async Task<TResult> InDatabaseAsync<TResult>(Func<GatewayDbContext, Task<TResult>> ask)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<GatewayDbContext>());
    }
}
