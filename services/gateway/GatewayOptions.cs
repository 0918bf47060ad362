namespace Gengdu.Gateway;

/// <summary>What the gateway is told: where it stands, who signs people in, what it serves.</summary>
internal sealed record GatewayOptions
{
    /// <summary>As browsers see us; part of the redirect address, so never taken from a request.</summary>
    public required Uri PublicAddress { get; init; }

    public required string Issuer { get; init; }

    public required string MetadataAddress { get; init; }

    public required string ClientId { get; init; }

    /// <summary>Null: the gateway signs with its own key instead.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>Names of the services at a provider that knows audiences by absolute addresses only (RFC 8707); else their own.</summary>
    public IReadOnlyDictionary<string, string> Audiences { get; init; } = new Dictionary<string, string>();

    /// <summary>Folder of the built web app; null serves none.</summary>
    public string? WebRoot { get; init; }

    public bool IsHttps => PublicAddress.Scheme == Uri.UriSchemeHttps;

    /// <summary>What the provider calls this service.</summary>
    public string AudienceOf(string service) => Audiences.GetValueOrDefault(service, service);

    /// <summary>Reads everything and names all that is missing at once.</summary>
    public static GatewayOptions Read(IConfiguration configuration)
    {
        var missing = new List<string>();
        var issuer = Required("Identity:Issuer", "the public address of the authorization server, e.g. http://localhost:8080/identity");
        if (missing.Count > 0)
        {
            throw new InvalidOperationException($"Configuration is missing: {string.Join("; ", missing)}.");
        }

        return new()
        {
            PublicAddress = new Uri(configuration["Gateway:PublicAddress"] ?? new Uri(issuer).GetLeftPart(UriPartial.Authority)),
            Issuer = issuer,
            MetadataAddress = configuration["Identity:MetadataAddress"] ?? $"{issuer.TrimEnd('/')}/.well-known/openid-configuration",
            ClientId = configuration["Identity:GatewayClientId"] ?? "gateway",
            ClientSecret = configuration["Identity:GatewayClientSecret"] is { Length: > 0 } secret ? secret : null,
            Audiences = configuration.GetSection("Identity:Audiences").GetChildren().ToDictionary(named => named.Key, named => named.Value ?? named.Key, StringComparer.OrdinalIgnoreCase),
            WebRoot = configuration["Gateway:WebRoot"],
        };

        string Required(string key, string what)
        {
            var value = configuration[key];
            if (string.IsNullOrEmpty(value))
            {
                missing.Add($"{key} ({what}; environment variable {key.Replace(":", "__", StringComparison.Ordinal)})");
            }

            return value ?? "";
        }
    }
}
