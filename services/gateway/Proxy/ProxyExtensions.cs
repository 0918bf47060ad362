using Gengdu.Gateway.Limits;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Transforms;

namespace Gengdu.Gateway.Proxy;

internal static class ProxyExtensions
{
    /// <summary>Routes of appsettings.json to the addresses of section "Services".</summary>
    public static void AddProxy(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<LimitOptions>().BindConfiguration(LimitOptions.Section);
        services.AddSingleton(provider => new Places(provider.GetRequiredService<IOptions<LimitOptions>>().Value, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<CallerLimits>().AddSingleton<LoadShedding>().AddSingleton<RequestGate>().AddSingleton<Failover>();
        services.AddRequestTimeouts();
        services.AddReverseProxy()
            .LoadFromConfig(builder.Configuration.GetSection("ReverseProxy"))
            .AddConfigFilter<ServiceAddresses>()
            .AddTransforms(context =>
            {
                context.AddResponseHeaderRemove("Server");
                context.AddResponseHeaderRemove("X-Powered-By");
                if (context.Route.Match.Path!.StartsWith("/api/", StringComparison.Ordinal))
                {
                    // The cookie is ours alone to give.
                    context.AddResponseHeaderRemove("Set-Cookie");
                }
            })
            .ConfigureHttpClient((_, handler) =>
            {
                handler.ConnectTimeout = TimeSpan.FromSeconds(2);
                // A stream holds one for as long as its page is open: as many more as a service allows streams of offices and of schools.
                handler.MaxConnectionsPerServer = 512 + 600 + 1000;
                handler.MaxResponseHeadersLength = 32;
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
        var failover = app.Services.GetRequiredService<Failover>();
        app.MapReverseProxy(proxy =>
        {
            proxy.Use(RequestGate.CheckAsync);
            proxy.Use(limits.HandleAsync);
            proxy.Use(gate.OpenAsync);
            proxy.Use(failover.EarnAsync);
            proxy.Use(failover.HandleAsync);
            proxy.UseLoadBalancing();
            proxy.UsePassiveHealthChecks();
        }).AllowAnonymous();
    }
}
