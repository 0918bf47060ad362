using Gengdu.Gateway.Proxy;
using Gengdu.ServiceDefaults;

namespace Gengdu.Gateway.Limits;

/// <summary>First the caller's own share, then a place by class. Answers that say "later" are spread, so that those refused do not all return in one second.</summary>
internal sealed class LoadShedding(CallerLimits callers, Places places)
{
    public async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        var (refused, lease) = callers.Check(context);
        using (lease)
        {
            if (refused is not null)
            {
                await LaterAsync(context, refused);
                return;
            }

            var route = context.GetReverseProxyFeature().Route.Config;
            if (route.Metadata?.ContainsKey(TrafficClasses.Stream) is true)
            {
                // Open for a quarter of an hour and nearly always still: it holds no place and no part of its county's. The service counts its streams.
                lease?.Dispose();
                await next(context);
                return;
            }

            var traffic = TrafficClasses.Of(route.ClusterId, context.Request.Method, route.Metadata?.GetValueOrDefault(TrafficClasses.Metadata));
            if (!await places.EnterAsync(traffic, context.RequestAborted))
            {
                await LaterAsync(context, GatewayProblems.Overloaded);
                return;
            }

            try
            {
                await next(context);
                if (ByKey.Is(context) && context.Response.StatusCode == StatusCodes.Status401Unauthorized)
                {
                    callers.WasWrong(context);
                }
            }
            finally
            {
                places.Leave(traffic);
            }
        }
    }

    private static Task LaterAsync(HttpContext context, Problem problem) =>
        (problem with { RetryAfter = problem.RetryAfter + TimeSpan.FromSeconds(Random.Shared.Next(0, 4)) }).ToHttpResult().ExecuteAsync(context);
}
