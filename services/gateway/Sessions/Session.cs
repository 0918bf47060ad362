using System.Collections.Concurrent;
using System.Security.Claims;

namespace Gengdu.Gateway.Sessions;

/// <summary>A session in use by this process, with the access tokens it holds for each service.</summary>
internal sealed class Session(StoredSession stored, TimeSpan idle) : IDisposable
{
    private readonly ConcurrentDictionary<string, (string Token, DateTimeOffset Until)> _access = new(StringComparer.Ordinal);
    private long _seenAt = stored.LastSeenAt.UtcTicks;
    private long _checkedAt;

    public string KeyHash { get; } = stored.KeyHash;

    public string Name { get; } = stored.Name;

    public Guid PersonId { get; } = stored.PersonId;

    public string? Area { get; } = stored.Area;

    /// <summary>When it ends whatever is done.</summary>
    public DateTimeOffset LimitAt { get; } = stored.ExpiresAt;

    /// <summary>When it ends if nothing more is done.</summary>
    public DateTimeOffset EndsAt => SeenAt + idle < LimitAt ? SeenAt + idle : LimitAt;

    public ClaimsPrincipal Principal { get; } = new(new ClaimsIdentity([new("sub", stored.PersonId.ToString()), new("name", stored.Name)], SessionAuthentication.SchemeName, "name", null));

    /// <summary>One refresh at a time: a refresh token is good for one use.</summary>
    public SemaphoreSlim Refreshing { get; } = new(1);

    /// <summary>Successors of the stored tokens that could not be stored.</summary>
    public SessionTokens? Unsaved { get; set; }

    /// <summary>When the person last did something, as far as this process knows.</summary>
    public DateTimeOffset SeenAt
    {
        get => new(Volatile.Read(ref _seenAt), TimeSpan.Zero);
        set => Volatile.Write(ref _seenAt, value.UtcTicks);
    }

    /// <summary>When the table was last asked whether the session still is.</summary>
    public DateTimeOffset CheckedAt
    {
        get => new(Volatile.Read(ref _checkedAt), TimeSpan.Zero);
        set => Volatile.Write(ref _checkedAt, value.UtcTicks);
    }

    public string? AccessToken(string audience, DateTimeOffset now) => _access.TryGetValue(audience, out var held) && held.Until > now ? held.Token : null;

    public void Hold(string audience, string token, DateTimeOffset until) => _access[audience] = (token, until);

    public void Dispose() => Refreshing.Dispose();
}
