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
            [new RouteConfig { RouteId = "all", ClusterId = "intake", Match = new RouteMatch { Path = "/{**rest}" } }],
            [new ClusterConfig { ClusterId = "intake", Destinations = new Dictionary<string, DestinationConfig> { ["one"] = new() { Address = settings.Intake.ToString() } } }]);
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

    private static async Task<bool> IsSignedAsync(HttpRequest request, JsonWebTokenHandler tokens, TokenValidationParameters accepted)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.Ordinal) && (await tokens.ValidateTokenAsync(header["Bearer ".Length..], accepted)).IsValid;
    }
}
