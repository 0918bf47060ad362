using System.Collections.Concurrent;
using System.Security.Claims;

namespace Gengdu.Gateway.Sessions;

/// <summary>A session in use by this process, with the access tokens it holds for each service.</summary>
internal sealed class Session(StoredSession stored, SessionTokens tokens) : IDisposable
{
    private readonly ConcurrentDictionary<string, (string Token, DateTimeOffset Until)> _access = new(StringComparer.Ordinal);

    public string KeyHash { get; } = stored.KeyHash;

    public string Name { get; } = stored.Name;

    public DateTimeOffset ExpiresAt { get; } = stored.ExpiresAt;

    public ClaimsPrincipal Principal { get; } = new(new ClaimsIdentity([new("sub", stored.PersonId.ToString()), new("name", stored.Name)], SessionAuthentication.SchemeName, "name", null));

    public SessionTokens Tokens { get; set; } = tokens;

    /// <summary>One refresh at a time: a refresh token is good for one use.</summary>
    public SemaphoreSlim Refreshing { get; } = new(1);

    /// <summary>When the store was last asked whether the session still is.</summary>
    public DateTimeOffset CheckedAt { get; set; }

    public string? AccessToken(string audience, DateTimeOffset now) => _access.TryGetValue(audience, out var held) && held.Until > now ? held.Token : null;

    public void Hold(string audience, string token, DateTimeOffset until) => _access[audience] = (token, until);

    public void Dispose() => Refreshing.Dispose();
}
