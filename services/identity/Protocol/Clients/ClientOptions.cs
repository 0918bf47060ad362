namespace Gengdu.Identity.Protocol.Clients;

/// <summary>
/// One client as configured. Without redirect addresses and grants it is a resource server: it asks for no tokens, it
/// introspects those of its audiences.
/// </summary>
internal sealed record ClientOptions
{
    public string? Secret { get; init; }

    /// <summary>The client's public keys, a JWK set as JSON; it signs its requests instead of sending a secret.</summary>
    public string? Jwks { get; init; }

    /// <summary>Where that set is fetched instead.</summary>
    public string? JwksAddress { get; init; }

    public IReadOnlyList<string> RedirectUris { get; init; } = [];

    public IReadOnlyList<string> PostLogoutRedirectUris { get; init; } = [];

    /// <summary>Told when a session ends that the client took part in.</summary>
    public string? BackchannelLogoutUri { get; init; }

    /// <summary>authorization_code and refresh_token when missing and there are redirect addresses; else none.</summary>
    public IReadOnlyList<string>? Grants { get; init; }

    /// <summary>What it may ask for. For people's clients openid, profile and offline_access when missing.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>The services its tokens may be for; the first is meant when it names none. All for people's clients when missing.</summary>
    public IReadOnlyList<string>? Audiences { get; init; }

    public bool RequirePushedRequests { get; init; }

    /// <summary>Runs where it can keep no secret: the mobile app.</summary>
    public bool Public { get; init; }
}
