using System.Collections.Concurrent;
using Microsoft.AspNetCore.Authentication;

namespace Gengdu.Gateway.Session;

/// <summary>A session in use by this process.</summary>
internal sealed class LiveSession(string key, AuthenticationTicket ticket, string refreshToken, DateTimeOffset expiresAt)
{
    public string Key { get; } = key;

    public AuthenticationTicket Ticket { get; } = ticket;

    public string RefreshToken { get; set; } = refreshToken;

    public DateTimeOffset ExpiresAt { get; } = expiresAt;

    /// <summary>When this copy was last compared with the stored one; a sign-out in another process must end it here too.</summary>
    public DateTimeOffset SeenAt { get; set; }

    /// <summary>One refresh at a time: the refresh token is good for one use.</summary>
    public SemaphoreSlim Refreshing { get; } = new(1, 1);

    /// <summary>Access tokens by audience.</summary>
    public ConcurrentDictionary<string, (string Token, DateTimeOffset Until)> AccessTokens { get; } = new();
}
