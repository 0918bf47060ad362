using Yarp.ReverseProxy.Configuration;

namespace Gengdu.Gateway.Proxy;

/// <summary>
/// Where the services are: Services:{name}, one address or several with a semicolon between. Each is asked for its health
/// every two seconds, and watched while it answers; with all of them unwell, all are tried, because the asking may be wrong.
/// </summary>
internal sealed class ServiceAddresses(IConfiguration configuration) : IProxyConfigFilter
{
    private static readonly HealthCheckConfig Health = new()
    {
        AvailableDestinationsPolicy = "HealthyOrPanic",
        Active = new() { Enabled = true, Interval = TimeSpan.FromSeconds(2), Timeout = TimeSpan.FromSeconds(2), Policy = "ConsecutiveFailures", Path = "/health/ready" },
        Passive = new() { Enabled = true, Policy = "TransportFailureRate", ReactivationPeriod = TimeSpan.FromSeconds(10) },
    };

    public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel)
    {
        var addresses = configuration[$"Services:{cluster.ClusterId}"]?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (addresses.Length == 0 || Array.Exists(addresses, address => !Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")))
        {
            throw new InvalidOperationException(
                $"Configuration Services:{cluster.ClusterId} is missing or no address: where that service is, several replicas with a semicolon between (environment variable Services__{cluster.ClusterId}).");
        }

        return new(cluster with
        {
            Destinations = addresses.Index().ToDictionary(pair => $"{cluster.ClusterId}-{pair.Index}", pair => new DestinationConfig { Address = pair.Item }),
            HealthCheck = Health,
            Metadata = new Dictionary<string, string> { ["ConsecutiveFailuresHealthPolicy.Threshold"] = "2" },
        });
    }

    public ValueTask<RouteConfig> ConfigureRouteAsync(RouteConfig route, ClusterConfig? cluster, CancellationToken cancel) => new(route);
}
