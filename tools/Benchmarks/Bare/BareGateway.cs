using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Yarp.ReverseProxy.Configuration;

namespace Gengdu.Benchmarks.Bare;

/// <summary>The gateway of the bare pipeline: YARP and a full check of the token's signature on every request.</summary>
internal static class BareGateway
{
    public static async Task RunAsync(BareSettings settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(settings.Gateway.ToString());
        builder.Services.AddReverseProxy().LoadFromMemory(
            [Route("all", "/{**rest}", "intake"), Route("dashboard", "/dashboard", "projection")],
            [Cluster("intake", settings.Intake), Cluster("projection", settings.Projection ?? settings.Intake)]);
        await using var app = builder.Build();
        var (tokens, accepted) = (new JsonWebTokenHandler(), BareToken.Accepted(settings.PublicKey));
        app.Use(async (context, next) =>
        {
            if (!await IsSignedAsync(context.Request, tokens, accepted))
            {
                context.Response.StatusCode = 401;
                return;
            }

            await next(context);
        });
        app.MapReverseProxy();
        await app.RunAsync();
    }

    private static RouteConfig Route(string id, string path, string cluster) => new() { RouteId = id, ClusterId = cluster, Match = new RouteMatch { Path = path } };

    private static ClusterConfig Cluster(string id, Uri address) => new() { ClusterId = id, Destinations = new Dictionary<string, DestinationConfig> { ["one"] = new() { Address = address.ToString() } } };

    private static async Task<bool> IsSignedAsync(HttpRequest request, JsonWebTokenHandler tokens, TokenValidationParameters accepted)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.Ordinal) && (await tokens.ValidateTokenAsync(header["Bearer ".Length..], accepted)).IsValid;
    }
}
