namespace Gengdu.Identity.Protocol.Authorization;

/// <summary>
/// An authorization request the client left with us beforehand (RFC 9126). To be shown within 90 seconds; then the person
/// has the time of a sign-in ticket. Used up when a code is given for it, not when it is looked at: people reload pages.
/// </summary>
internal sealed class PushedRequest
{
    public const string Prefix = "urn:ietf:params:oauth:request_uri:";
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(90);
    public static readonly TimeSpan SignInTime = TimeSpan.FromMinutes(30);

    private PushedRequest()
    {
    }

    public string Hash { get; private init; } = "";

    public string ClientId { get; private init; } = "";

    /// <summary>The parameters as a query.</summary>
    public string Query { get; private init; } = "";

    public DateTimeOffset ExpiresAt { get; private init; }

    /// <summary>A sign-in from then on answers the request's "prompt" and "max_age".</summary>
    public DateTimeOffset? FirstShownAt { get; private init; }

    public DateTimeOffset? CompletedAt { get; private init; }

    public static PushedRequest Create(string requestUri, string clientId, string query, DateTimeOffset now) => new()
    {
        Hash = Secrets.Hash(requestUri),
        ClientId = clientId,
        Query = query,
        ExpiresAt = now + Lifetime,
    };
}
