using Gengdu.Gateway.Limits;
using Yarp.ReverseProxy.Configuration;

namespace Gengdu.Gateway.Proxy;

internal static class ProxyExtensions
{
    /// <summary>Routes of appsettings.json to the addresses of section "Services".</summary>
    public static void AddProxy(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<LimitOptions>().BindConfiguration(LimitOptions.Section);
        builder.Services.AddSingleton<LoadShedding>().AddSingleton<RequestGate>();
        builder.Services.AddRequestTimeouts();
        builder.Services.AddReverseProxy()
            .LoadFromConfig(builder.Configuration.GetSection("ReverseProxy"))
            .AddConfigFilter<ServiceAddresses>()
            .ConfigureHttpClient((_, handler) =>
            {
                handler.ConnectTimeout = TimeSpan.FromSeconds(2);
                handler.MaxConnectionsPerServer = 512;
                // Longer than any pause between two requests of a busy minute, shorter than the services' own limit.
                handler.PooledConnectionIdleTimeout = TimeSpan.FromSeconds(90);
            });
    }

    public static void UseProxy(this WebApplication app)
    {
        app.Use(UpstreamFaults.HandleAsync);
        app.UseRequestTimeouts();
    }

    public static void MapProxy(this WebApplication app)
    {
        var (limits, gate) = (app.Services.GetRequiredService<LoadShedding>(), app.Services.GetRequiredService<RequestGate>());
        app.MapReverseProxy(proxy =>
        {
            proxy.Use(limits.HandleAsync);
            proxy.Use(gate.HandleAsync);
            proxy.UseLoadBalancing();
        }).AllowAnonymous();
    }

    private sealed class ServiceAddresses(IConfiguration configuration) : IProxyConfigFilter
    {
        public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel)
        {
            var address = configuration[$"Services:{cluster.ClusterId}"] ?? throw new InvalidOperationException(
                $"Configuration Services:{cluster.ClusterId} is missing: the address of that service (environment variable Services__{cluster.ClusterId}).");
            return new(cluster with { Destinations = new Dictionary<string, DestinationConfig> { [cluster.ClusterId] = new() { Address = address } } });
        }

        public ValueTask<RouteConfig> ConfigureRouteAsync(RouteConfig route, ClusterConfig? cluster, CancellationToken cancel) => new(route);
    }
}
