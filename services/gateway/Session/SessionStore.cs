using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Gengdu.Gateway.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Gateway.Session;

/// <summary>
/// Sessions by the random key in the cookie: hot in memory, at rest in Postgres, so that they survive a restart and are
/// shared by replicas. A request with a hot session reads no table.
/// </summary>
internal sealed class SessionStore(IServiceScopeFactory scopes, IDataProtectionProvider protection, TimeProvider clock) : ITicketStore
{
    public const string KeyProperty = "session_key";

    /// <summary>The refresh family's own limit at identity; a session cannot outlive it.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);
    private static readonly TimeSpan CompareAfter = TimeSpan.FromSeconds(15);
    private readonly IDataProtector _tickets = protection.CreateProtector("session ticket");
    private readonly IDataProtector _tokens = protection.CreateProtector("session refresh token");
    private readonly ConcurrentDictionary<string, LiveSession> _live = new(StringComparer.Ordinal);

    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        // Made anew at each sign-in: a key planted in a victim's browser beforehand leads nowhere.
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var now = clock.GetUtcNow();
        var refreshToken = ticket.Properties.GetTokenValue("refresh_token") ?? "";
        ticket.Properties.StoreTokens([]);
        ticket.Properties.Items[KeyProperty] = key;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<GatewayDbContext>();
        db.Add(new StoredSession
        {
            KeyHash = Hash(key),
            Ticket = _tickets.Protect(TicketSerializer.Default.Serialize(ticket)),
            RefreshToken = _tokens.Protect(Encoding.UTF8.GetBytes(refreshToken)),
            ExpiresAt = now + Lifetime,
        });
        await db.SaveChangesAsync();
        _live[key] = new LiveSession(key, ticket, refreshToken, now + Lifetime) { SeenAt = now };
        return key;
    }

    // Sliding would write a row every few minutes per person; the session ends with its refresh family instead.
    public Task RenewAsync(string key, AuthenticationTicket ticket) => Task.CompletedTask;

    public async Task<AuthenticationTicket?> RetrieveAsync(string key) => (await FindAsync(key, CancellationToken.None))?.Ticket;

    public async Task RemoveAsync(string key)
    {
        _live.TryRemove(key, out _);
        await using var scope = scopes.CreateAsyncScope();
        var hash = Hash(key);
        await scope.ServiceProvider.GetRequiredService<GatewayDbContext>().Sessions.Where(s => s.KeyHash == hash).ExecuteDeleteAsync();
    }

    public async ValueTask<LiveSession?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (_live.TryGetValue(key, out var live) && live.ExpiresAt > now && live.SeenAt + CompareAfter > now)
        {
            return live;
        }

        var stored = await ReadAsync(key, cancellationToken);
        if (stored is null || stored.ExpiresAt <= now)
        {
            _live.TryRemove(key, out _);
            return null;
        }

        if (live is not null)
        {
            live.SeenAt = now;
            return live;
        }

        return _live.GetOrAdd(key, new LiveSession(key, TicketSerializer.Default.Deserialize(_tickets.Unprotect(stored.Ticket))!, Open(stored), stored.ExpiresAt) { SeenAt = now });
    }

    /// <summary>The refresh token as stored now: another replica may have used ours.</summary>
    public async Task<string?> StoredRefreshTokenAsync(string key, CancellationToken cancellationToken) =>
        await ReadAsync(key, cancellationToken) is { } stored ? Open(stored) : null;

    public async Task KeepRefreshTokenAsync(LiveSession session, string refreshToken, CancellationToken cancellationToken)
    {
        session.RefreshToken = refreshToken;
        await using var scope = scopes.CreateAsyncScope();
        var hash = Hash(session.Key);
        var token = _tokens.Protect(Encoding.UTF8.GetBytes(refreshToken));
        await scope.ServiceProvider.GetRequiredService<GatewayDbContext>().Sessions.Where(s => s.KeyHash == hash)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.RefreshToken, token), cancellationToken);
    }

    /// <summary>Drops what has expired, here and in the table.</summary>
    public async Task ClearExpiredAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var session in _live.Values.Where(s => s.ExpiresAt <= now || s.SeenAt + TimeSpan.FromMinutes(30) < now))
        {
            _live.TryRemove(session.Key, out _);
        }

        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<GatewayDbContext>().Sessions.Where(s => s.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<StoredSession?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var hash = Hash(key);
        return await scope.ServiceProvider.GetRequiredService<GatewayDbContext>().Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.KeyHash == hash, cancellationToken);
    }

    private string Open(StoredSession stored) => Encoding.UTF8.GetString(_tokens.Unprotect(stored.RefreshToken));

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
