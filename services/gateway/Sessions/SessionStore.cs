using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gengdu.Gateway.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Gateway.Sessions;

/// <summary>
/// Sessions in the gateway's own schema, hot in memory. A request costs one look-up; the row is asked again every ten
/// seconds, so a session ended at another replica ends here too.
/// </summary>
internal sealed partial class SessionStore(IServiceScopeFactory scopes, IDataProtectionProvider protection, TimeProvider clock, ILogger<SessionStore> logger)
{
    private static readonly TimeSpan Trust = TimeSpan.FromSeconds(10);
    private readonly IDataProtector _seal = protection.CreateProtector("session-tokens");
    private readonly ConcurrentDictionary<string, Session> _hot = new(StringComparer.Ordinal);

    public async ValueTask<Session?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var hash = Hash(key);
        if (!_hot.TryGetValue(hash, out var session) || now - session.CheckedAt > Trust)
        {
            session = await AskAsync(hash, session, now, cancellationToken);
        }

        return session?.ExpiresAt > now ? session : null;
    }

    /// <summary>A new session under a new key; the key goes to the browser and is kept nowhere.</summary>
    public async Task<string> CreateAsync(Guid personId, string name, SessionTokens tokens, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        var (key, now) = (WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32)), clock.GetUtcNow());
        var stored = new StoredSession { KeyHash = Hash(key), PersonId = personId, Name = name, SealedTokens = Seal(tokens), CreatedAt = now, ExpiresAt = expiresAt };
        await InDatabaseAsync(db =>
        {
            db.Add(stored);
            return db.SaveChangesAsync(cancellationToken);
        });
        _hot[stored.KeyHash] = new Session(stored, tokens) { CheckedAt = now };
        return key;
    }

    /// <summary>Keeps the successor of the refresh token. It must not be lost when the caller hangs up, so nobody can cancel this.</summary>
    public async Task KeepAsync(Session session, SessionTokens tokens)
    {
        session.Tokens = tokens;
        var sealedTokens = Seal(tokens);
        try
        {
            await InDatabaseAsync(db => db.Sessions.Where(s => s.KeyHash == session.KeyHash).ExecuteUpdateAsync(s => s.SetProperty(x => x.SealedTokens, sealedTokens), CancellationToken.None));
        }
        catch (NpgsqlException fault)
        {
            Log.NotKept(logger, fault);
        }
    }

    /// <summary>The tokens another replica may have stored meanwhile; null when the session is gone.</summary>
    public async Task<SessionTokens?> ReadTokensAsync(Session session, CancellationToken cancellationToken) =>
        await InDatabaseAsync(db => db.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.KeyHash == session.KeyHash, cancellationToken)) is { } stored ? Unseal(stored.SealedTokens) : null;

    public async Task RemoveAsync(Session session, CancellationToken cancellationToken)
    {
        _hot.TryRemove(session.KeyHash, out _);
        await InDatabaseAsync(db => db.Sessions.Where(s => s.KeyHash == session.KeyHash).ExecuteDeleteAsync(cancellationToken));
    }

    /// <summary>Forgets what is over, in memory and in the table.</summary>
    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var (hash, session) in _hot)
        {
            if (session.ExpiresAt <= now || now - session.CheckedAt > TimeSpan.FromMinutes(10))
            {
                _hot.TryRemove(hash, out _);
            }
        }

        await InDatabaseAsync(db => db.Sessions.Where(s => s.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken));
    }

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private async Task<Session?> AskAsync(string hash, Session? known, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Said before asking, so that a hundred requests at once ask once.
        _ = known is null ? default : known.CheckedAt = now;
        try
        {
            var stored = await InDatabaseAsync(db => db.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.KeyHash == hash && s.ExpiresAt > now, cancellationToken));
            if (stored is null)
            {
                _hot.TryRemove(hash, out _);
                return null;
            }

            return known ?? _hot.GetOrAdd(hash, _ => new Session(stored, Unseal(stored.SealedTokens)) { CheckedAt = now });
        }
        catch (Exception fault) when (known is not null && fault is NpgsqlException or InvalidOperationException { InnerException: NpgsqlException })
        {
            // People who are signed in go on working while our database is away.
            return known;
        }
    }

    private string Seal(SessionTokens tokens) => _seal.Protect(JsonSerializer.Serialize(tokens));

    private SessionTokens Unseal(string text) => JsonSerializer.Deserialize<SessionTokens>(_seal.Unprotect(text))!;

    private async Task<TResult> InDatabaseAsync<TResult>(Func<GatewayDbContext, Task<TResult>> ask)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<GatewayDbContext>());
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A renewed refresh token could not be stored; the session lives on in this process only")]
        public static partial void NotKept(ILogger logger, Exception exception);
    }
}
