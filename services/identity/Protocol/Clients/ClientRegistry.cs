using Microsoft.Extensions.Options;

namespace Gengdu.Identity.Protocol.Clients;

/// <summary>The clients of the configuration. Refuses unsafe ones at start, all faults at once.</summary>
internal sealed class ClientRegistry
{
    public const string GatewayId = "gateway";
    private const int ShortestSecret = 16;
    private readonly Dictionary<string, Client> _clients = new(StringComparer.Ordinal);

    public ClientRegistry(IOptions<ProtocolOptions> options)
    {
        var settings = options.Value;
        var faults = new List<string>();
        var clients = new Dictionary<string, ClientOptions>(settings.Clients)
        {
            [GatewayId] = new()
            {
                Secret = settings.GatewayClientSecret ?? "",
                RedirectUris = [$"{settings.HomeAddress}/bff/callback"],
                PostLogoutRedirectUris = [$"{settings.HomeAddress}/"],
            },
        };
        foreach (var (id, client) in clients)
        {
            faults.AddRange(Faults(id, client));
            _clients[id] = new(id, Client.Hash(client.Secret), client.RedirectUris, client.PostLogoutRedirectUris);
        }

        if (faults.Count > 0)
        {
            throw new InvalidOperationException($"The clients of the authorization server are not safe: {string.Join("; ", faults)}");
        }
    }

    /// <summary>Unknown ids get a client nobody can authenticate as, so that both cases take the same time.</summary>
    public Client Nobody { get; } = new("", new byte[32], [], []);

    public Client? Find(string? id) => id is null ? null : _clients.GetValueOrDefault(id);

    private static IEnumerable<string> Faults(string id, ClientOptions client)
    {
        if (id.Length is 0 or > 100 || id.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not '-'))
        {
            yield return $"the id '{id}' may hold letters, digits and hyphens";
        }

        if (client.Secret.Length < ShortestSecret)
        {
            yield return $"{id} has no secret of at least {ShortestSecret} characters (for the gateway: Identity:GatewayClientSecret, environment variable Identity__GatewayClientSecret)";
        }

        if (client.RedirectUris.Count == 0)
        {
            yield return $"{id} has no redirect address";
        }

        foreach (var address in client.RedirectUris.Concat(client.PostLogoutRedirectUris).Where(address => !IsSafe(address)))
        {
            yield return $"{id} has the unsafe address {address} (https, or http on this machine; no wildcard, no fragment, no user name)";
        }
    }

    private static bool IsSafe(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0 && !address.Contains('*', StringComparison.Ordinal)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && (uri.IsLoopback || !uri.Host.Contains('.', StringComparison.Ordinal) || uri.HostNameType == UriHostNameType.IPv4)));
}
