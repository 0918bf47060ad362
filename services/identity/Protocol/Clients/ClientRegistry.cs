using Gengdu.Identity.Protocol.Tokens;
using Microsoft.Extensions.Options;

namespace Gengdu.Identity.Protocol.Clients;

/// <summary>The clients of the configuration. Refuses unsafe ones at start, all faults at once.</summary>
internal sealed class ClientRegistry
{
    public const string GatewayId = "gateway";
    private readonly Dictionary<string, Client> _clients = new(StringComparer.Ordinal);

    public ClientRegistry(IOptions<ProtocolOptions> options)
    {
        var settings = options.Value;
        var faults = new List<string>();
        var clients = new Dictionary<string, ClientOptions>(settings.Clients, StringComparer.Ordinal);
        if (!clients.TryAdd(GatewayId, Gateway(settings)))
        {
            faults.Add($"{GatewayId} is built in; configure it with Identity:GatewayAddress and Identity:GatewayClientSecret or Identity:GatewayJwksAddress");
        }

        foreach (var (id, client) in clients)
        {
            var grants = client.Grants ?? (client.RedirectUris.Count > 0 ? [Grants.Code, Grants.Refresh] : []);
            faults.AddRange(ClientRules.Faults(id, client, grants, settings.IsHttps));
            _clients[id] = Read(id, client, grants);
        }

        faults.AddRange(ClientRules.FaultsTogether(clients));
        if (faults.Count > 0)
        {
            throw new InvalidOperationException($"The clients of the authorization server are not safe: {string.Join("; ", faults)}");
        }
    }

    /// <summary>Unknown ids get a client nobody can authenticate as, so that both cases take the same time.</summary>
    public Client Nobody { get; } = new("");

    public IEnumerable<Client> All => _clients.Values;

    public Client? Find(string? id) => id is null ? null : _clients.GetValueOrDefault(id);

    private static ClientOptions Gateway(ProtocolOptions settings)
    {
        var signs = !string.IsNullOrEmpty(settings.GatewayJwksAddress);
        return new()
        {
            Secret = signs ? null : settings.GatewayClientSecret,
            JwksAddress = signs ? settings.GatewayJwksAddress : null,
            RequirePushedRequests = signs,
            RedirectUris = [$"{settings.HomeAddress}/bff/callback"],
            PostLogoutRedirectUris = [$"{settings.HomeAddress}/"],
            BackchannelLogoutUri = string.IsNullOrEmpty(settings.GatewayBackchannelLogoutUri) ? null : settings.GatewayBackchannelLogoutUri,
        };
    }

    private static Client Read(string id, ClientOptions client, IReadOnlyList<string> grants) => new(id)
    {
        SecretHash = client.Secret is { Length: > 0 } secret ? Client.Hash(secret) : null,
        Keys = client.Jwks is { Length: > 0 } jwks ? ClientKeySet.Read(jwks).Keys : [],
        JwksAddress = Address(client.JwksAddress),
        IsPublic = client.Public,
        RedirectUris = client.RedirectUris,
        PostLogoutRedirectUris = client.PostLogoutRedirectUris,
        BackchannelLogoutUri = Address(client.BackchannelLogoutUri),
        Grants = grants,
        Scopes = client.Scopes ?? [.. Authorization.Scopes.All.Where(scope => scope != Authorization.Scopes.OfflineAccess || grants.Contains(Grants.Refresh))],
        Audiences = client.Audiences ?? TokenIssuer.Audiences,
        RequiresPushedRequests = client.RequirePushedRequests,
    };

    private static Uri? Address(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri : null;
}
