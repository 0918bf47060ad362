using Gengdu.Gateway.Session;
using Gengdu.ServiceDefaults;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;

namespace Gengdu.Gateway.Proxy;

/// <summary>The routes of appsettings.json; on the way the session's cookie becomes a bearer token for one service.</summary>
internal static class ProxyExtensions
{
    private const string Bearer = "gengdu:bearer";
    private static readonly string[] Services = ["Identity", "Reporting", "Supervision", "Analytics"];

    public static void AddUpstreams(this WebApplicationBuilder builder)
    {
        // One short setting a service ("Services:Reporting") instead of YARP's nested address.
        builder.Configuration.AddInMemoryCollection(Services.Select(service => KeyValuePair.Create(
            $"ReverseProxy:Clusters:{service.ToLowerInvariant()}:Destinations:one:Address",
            builder.Configuration[$"Services:{service}"] ?? throw new InvalidOperationException(
                $"Configuration Services:{service} is missing: the address of the {service.ToLowerInvariant()} service (environment variable Services__{service}).")))!);
        builder.Services.AddRequestTimeouts();
        builder.Services.AddReverseProxy()
            .LoadFromConfig(builder.Configuration.GetSection("ReverseProxy"))
            .AddTransforms(transforms => transforms.AddRequestTransform(context =>
            {
                if (transforms.Route.Metadata?.ContainsKey("Audience") == true)
                {
                    context.ProxyRequest.Headers.Remove("Cookie");
                    if (context.HttpContext.Items[Bearer] is string token)
                    {
                        context.ProxyRequest.Headers.Authorization = new("Bearer", token);
                    }
                }

                return ValueTask.CompletedTask;
            }));
    }

    public static void MapUpstreams(this WebApplication app) => app.MapReverseProxy(pipeline =>
    {
        pipeline.Use(AuthorizeAsync);
        pipeline.Use(ExplainFailureAsync);
    });

    // Cookie sessions only: who brings a bearer token instead is checked by the service.
    private static async Task AuthorizeAsync(HttpContext http, RequestDelegate next)
    {
        var audience = http.GetReverseProxyFeature().Route.Config.Metadata?.GetValueOrDefault("Audience");
        if (audience is null || http.User.Identity?.IsAuthenticated != true)
        {
            await next(http);
            return;
        }

        if (RequestGuard.ChangesSomething(http.Request) && !RequestGuard.HasHeader(http.Request))
        {
            await GatewayProblems.RequestHeaderMissing.ToHttpResult().ExecuteAsync(http);
            return;
        }

        try
        {
            var session = await CurrentSession.FindAsync(http, http.RequestServices.GetRequiredService<SessionStore>());
            var token = session is null ? null : await http.RequestServices.GetRequiredService<AccessTokens>().ForAsync(session, audience, http.RequestAborted);
            if (token is null)
            {
                await GeneralProblems.Unauthenticated.ToHttpResult().ExecuteAsync(http);
                return;
            }

            http.Items[Bearer] = token;
        }
        catch (HttpRequestException)
        {
            await GatewayProblems.UpstreamAway("identity").ToHttpResult().ExecuteAsync(http);
            return;
        }

        await next(http);
    }

    private static async Task ExplainFailureAsync(HttpContext http, RequestDelegate next)
    {
        await next(http);
        if (http.Features.Get<IForwarderErrorFeature>() is not null && !http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            http.Response.Clear();
            await GatewayProblems.UpstreamAway(http.GetReverseProxyFeature().Cluster.Config.ClusterId).ToHttpResult().ExecuteAsync(http);
        }
    }
}
