using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Gengdu.Gateway.Sessions;

/// <summary>
/// Sessions in the gateway's own schema, hot in memory: a request costs one look-up. The row is asked, and told that the
/// person is there, once a minute; what ended elsewhere is brought by <see cref="EndedSessions"/> within half a second, and
/// while that cannot read, rows are asked every ten seconds.
/// </summary>
internal sealed class SessionStore(SessionTable table, IDataProtectionProvider protection, IOptions<SessionLimits> limits, TimeProvider clock)
{
    private static readonly TimeSpan Trust = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan TrustWhileBlind = TimeSpan.FromSeconds(10);
    private readonly IDataProtector _seal = protection.CreateProtector("session-tokens");
    private readonly ConcurrentDictionary<string, Session> _hot = new(StringComparer.Ordinal);

    /// <summary>When it was last known what had ended elsewhere.</summary>
    public DateTimeOffset SightAt { get; private set; }

    /// <param name="key">What the cookie says.</param>
    /// <param name="present">Whether the person did something; a page that asks by itself whether it is still signed in keeps nobody signed in.</param>
    public async ValueTask<Session?> FindAsync(string key, bool present, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var hash = Hash(key);
        if (!_hot.TryGetValue(hash, out var session) || now - session.CheckedAt > (now - SightAt > TrustWhileBlind ? TrustWhileBlind : Trust) || session.EndsAt <= now)
        {
            session = await AskAsync(hash, session, present, now, cancellationToken);
        }

        if (session is null || session.EndsAt <= now)
        {
            return null;
        }

        _ = present ? session.SeenAt = now : default;
        return session;
    }

    /// <summary>A new session under a new key; the key goes to the browser and is kept nowhere. Null when the provider ended the sign-in meanwhile.</summary>
    public async Task<string?> CreateAsync(NewSession signedIn, CancellationToken cancellationToken)
    {
        var (key, now) = (WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32)), clock.GetUtcNow());
        var stored = new StoredSession
        {
            KeyHash = Hash(key), PersonId = signedIn.PersonId, Name = signedIn.Name, SignInId = signedIn.SignInId, Area = signedIn.Area,
            SealedTokens = Seal(signedIn.Tokens), CreatedAt = now, LastSeenAt = now, ExpiresAt = now + limits.Value.Absolute,
        };
        await table.AddAsync(stored, cancellationToken);
        if (await table.WasLoggedOutAsync(stored, signedIn.SignedInAt, cancellationToken))
        {
            await table.EndAsync(stored.KeyHash, CancellationToken.None);
            return null;
        }

        _hot[stored.KeyHash] = new Session(stored, limits.Value.Idle) { CheckedAt = now };
        return key;
    }

    public SessionTokens Unseal(StoredSession stored) => JsonSerializer.Deserialize<SessionTokens>(_seal.Unprotect(stored.SealedTokens))!;

    public string Seal(SessionTokens tokens) => _seal.Protect(JsonSerializer.Serialize(tokens));

    public async Task EndAsync(Session session, CancellationToken cancellationToken)
    {
        _hot.TryRemove(session.KeyHash, out _);
        await table.EndAsync(session.KeyHash, cancellationToken);
    }

    /// <summary>What ended, here or elsewhere, is not known here any more.</summary>
    public void Forget(IEnumerable<string> ended)
    {
        SightAt = clock.GetUtcNow();
        foreach (var hash in ended)
        {
            _hot.TryRemove(hash, out _);
        }
    }

    /// <summary>Forgets what is over, in memory and in the table.</summary>
    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var (hash, session) in _hot)
        {
            if (session.EndsAt <= now || now - session.CheckedAt > TimeSpan.FromMinutes(10))
            {
                _hot.TryRemove(hash, out _);
            }
        }

        await table.CleanAsync(now, limits.Value.Idle, cancellationToken);
    }

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private async Task<Session?> AskAsync(string hash, Session? known, bool present, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Said before asking, so that a hundred requests at once ask once.
        _ = known is null ? default : known.CheckedAt = now;
        var before = known?.SeenAt ?? DateTimeOffset.UnixEpoch;
        try
        {
            if (await table.SeeAsync(hash, before, present ? now : before, now, limits.Value.Idle, cancellationToken) is not { } stored)
            {
                _hot.TryRemove(hash, out _);
                return null;
            }

            var session = known ?? _hot.GetOrAdd(hash, _ => new Session(stored, limits.Value.Idle) { CheckedAt = now });
            session.SeenAt = stored.LastSeenAt > session.SeenAt ? stored.LastSeenAt : session.SeenAt;
            return session;
        }
        catch (Exception fault) when (known is not null && fault is NpgsqlException or InvalidOperationException { InnerException: NpgsqlException })
        {
            // People who are signed in go on working while our database is away.
            return known;
        }
    }
}

/// <summary>What is known when somebody has signed in.</summary>
internal sealed record NewSession(Guid PersonId, string Name, string? SignInId, string? Area, SessionTokens Tokens, DateTimeOffset SignedInAt);
