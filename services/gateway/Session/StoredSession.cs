namespace Gengdu.Gateway.Session;

/// <summary>A session at rest: found by the hash of its key, its content readable with the key ring only.</summary>
internal sealed class StoredSession
{
    /// <summary>SHA-256 of the key in the cookie: a copy of this table opens no session.</summary>
    public required string KeyHash { get; init; }

    /// <summary>The signed-in person, protected.</summary>
    public required byte[] Ticket { get; set; }

    /// <summary>The present refresh token, protected.</summary>
    public required byte[] RefreshToken { get; set; }

    public required DateTimeOffset ExpiresAt { get; set; }
}
