using Gengdu.Identity.Protocol.Tokens;

namespace Gengdu.Identity.Protocol.Clients;

/// <summary>What makes a client unsafe. Said at start, all of it at once, so that nobody mends one line a restart.</summary>
internal static class ClientRules
{
    private const int ShortestSecret = 16;
    private const int LeastVariety = 6;

    public static IEnumerable<string> Faults(string id, ClientOptions client, IReadOnlyList<string> grants, bool https) =>
        OfTheId(id).Concat(OfTheProof(client)).Concat(OfTheGrants(client, grants)).Concat(OfScopesAndAudiences(client, grants)).Concat(OfTheAddresses(client, grants, https))
            .Select(fault => $"{id} {fault}");

    /// <summary>Two clients with one secret are one client.</summary>
    public static IEnumerable<string> FaultsTogether(IReadOnlyDictionary<string, ClientOptions> clients) =>
        clients.Where(c => c.Value.Secret is { Length: > 0 }).GroupBy(c => c.Value.Secret).Where(same => same.Count() > 1)
            .Select(same => $"{string.Join(" and ", same.Select(c => c.Key).Order(StringComparer.Ordinal))} have the same secret");

    private static IEnumerable<string> OfTheId(string id)
    {
        if (id.Length is 0 or > 100 || id.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')))
        {
            yield return "may be named with 1 to 100 letters, digits, hyphens and underscores only";
        }

        if (Guid.TryParse(id, out _))
        {
            yield return "is named like a person's id: its tokens would pass for that person's";
        }

        if (TokenIssuer.Audiences.Contains(id))
        {
            yield return "is named like a service: its id tokens would be addressed to that service";
        }
    }

    private static IEnumerable<string> OfTheProof(ClientOptions client)
    {
        var ways = new[] { client.Secret, client.Jwks, client.JwksAddress }.Count(way => !string.IsNullOrEmpty(way));
        if (client.Public ? ways > 0 : ways != 1)
        {
            yield return client.Public ? "is public and yet has a secret or keys"
                : ways == 0 ? "has neither a secret nor keys (for the gateway: Identity:GatewayClientSecret or Identity:GatewayJwksAddress, environment variable Identity__GatewayClientSecret)"
                : "has more than one of secret, Jwks and JwksAddress";
        }

        if (client.Secret is { Length: > 0 } secret && (secret.Length < ShortestSecret || secret.Distinct().Count() < LeastVariety))
        {
            yield return $"has a secret that can be guessed: at least {ShortestSecret} random characters";
        }

        if (client.Jwks is { Length: > 0 } jwks && ClientKeySet.Read(jwks).Fault is { } fault)
        {
            yield return $"has a Jwks that {fault}";
        }

        if (client.JwksAddress is { Length: > 0 } address && !ClientAddresses.IsSafeToCall(address))
        {
            yield return $"has the unsafe JwksAddress {address} (https, or http inside the network)";
        }
    }

    private static IEnumerable<string> OfTheGrants(ClientOptions client, IReadOnlyList<string> grants)
    {
        foreach (var grant in grants.Except(Grants.All))
        {
            yield return $"has the grant {grant}, which there is not";
        }

        if (grants.Contains(Grants.Refresh) && !grants.Contains(Grants.Code))
        {
            yield return "has refresh_token without authorization_code";
        }

        if (grants.Contains(Grants.Machine) && grants.Count > 1)
        {
            yield return "acts for itself (client_credentials) and for people: make two clients of it";
        }

        if (grants.Contains(Grants.Machine) && client.Public)
        {
            yield return "is public and yet acts for itself: anybody could";
        }

        if (grants.Count == 0 && client.Public)
        {
            yield return "is public and has no grant";
        }

        if (client.RequirePushedRequests && !grants.Contains(Grants.Code))
        {
            yield return "must push requests it may not make";
        }
    }

    private static IEnumerable<string> OfScopesAndAudiences(ClientOptions client, IReadOnlyList<string> grants)
    {
        var machine = grants.Contains(Grants.Machine);
        var scopes = client.Scopes ?? [];
        if (machine && scopes.Count == 0)
        {
            yield return "acts for itself and has no scopes of its own";
        }

        foreach (var scope in scopes.Where(scope => machine ? Authorization.Scopes.All.Contains(scope) || !Authorization.Scopes.IsWellFormed(scope) : !Authorization.Scopes.All.Contains(scope)))
        {
            yield return $"has the scope {scope}, which it cannot have";
        }

        if (scopes.Contains(Authorization.Scopes.OfflineAccess) && !grants.Contains(Grants.Refresh))
        {
            yield return "has offline_access without refresh_token";
        }

        if (client.Audiences is null or [] && !grants.Contains(Grants.Code))
        {
            yield return "has no audiences; name the services its tokens are for";
        }

        if (client.Audiences is [] && grants.Contains(Grants.Code))
        {
            yield return "has an empty list of audiences";
        }

        foreach (var audience in (client.Audiences ?? []).Except(TokenIssuer.Audiences))
        {
            yield return $"has the audience {audience}, which there is not";
        }
    }

    private static IEnumerable<string> OfTheAddresses(ClientOptions client, IReadOnlyList<string> grants, bool https)
    {
        if (grants.Contains(Grants.Code) != client.RedirectUris.Count > 0)
        {
            yield return client.RedirectUris.Count == 0 ? "has no redirect address" : "has redirect addresses without authorization_code";
        }

        if (client.RedirectUris.Distinct(StringComparer.Ordinal).Count() < client.RedirectUris.Count)
        {
            yield return "has a redirect address twice";
        }

        foreach (var address in client.RedirectUris.Concat(client.PostLogoutRedirectUris).Where(address => !ClientAddresses.IsSafeForBrowsers(address, https)))
        {
            yield return $"has the unsafe address {address} (https, or http on this machine; written as browsers send it; no wildcard, fragment or user name)";
        }

        if (!grants.Contains(Grants.Code) && (client.PostLogoutRedirectUris.Count > 0 || client.BackchannelLogoutUri is not null))
        {
            yield return "has logout addresses, but nobody signs in through it";
        }

        if (client.BackchannelLogoutUri is { } logout && !ClientAddresses.IsSafeToCall(logout))
        {
            yield return $"has the unsafe BackchannelLogoutUri {logout} (https, or http inside the network)";
        }
    }
}
