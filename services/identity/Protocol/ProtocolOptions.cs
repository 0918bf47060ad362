using Gengdu.Identity.Protocol.Clients;

namespace Gengdu.Identity.Protocol;

/// <summary>Section "Identity": who we are, and who may ask us.</summary>
internal sealed record ProtocolOptions
{
    public const string Section = "Identity";

    /// <summary>Public address; never taken from a request.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>Where services fetch discovery. Asked there, discovery names back-channel addresses of the same host.</summary>
    public string? MetadataAddress { get; init; }

    /// <summary>Public address of the gateway, the first client. The issuer's own host when missing.</summary>
    public string? GatewayAddress { get; init; }

    public string? GatewayClientSecret { get; init; }

    /// <summary>Where the gateway shows its public key. Set, it signs its requests and must push them; the secret is not used.</summary>
    public string? GatewayJwksAddress { get; init; }

    /// <summary>Where the gateway hears that a session ended.</summary>
    public string? GatewayBackchannelLogoutUri { get; init; }

    /// <summary>Further clients by id.</summary>
    public Dictionary<string, ClientOptions> Clients { get; init; } = [];

    public bool IsHttps => Issuer.StartsWith("https://", StringComparison.Ordinal);

    public string HomeAddress => (GatewayAddress ?? new Uri(Issuer).GetLeftPart(UriPartial.Authority)).TrimEnd('/');
}
