using System.Threading.RateLimiting;
using Gengdu.ServiceDefaults;

namespace Gengdu.Gateway.Limits;

/// <summary>
/// Under overload, what people typed goes first: each class of requests has its own places, so that a storm of one class
/// cannot take another's. Saving and signing have the most; figures, which can show their last state, the fewest.
/// </summary>
internal static class LoadLimits
{
    public static void AddLoadLimits(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(LoadLimitOptions.Section).Get<LoadLimitOptions>() ?? new();
        builder.Services.AddRateLimiter(limits =>
        {
            limits.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                PartitionedRateLimiter.Create<HttpContext, string>(http => PerCaller(http, options)),
                PartitionedRateLimiter.Create<HttpContext, LoadClass>(http => PerClass(http, options)));
            limits.OnRejected = async (context, cancellationToken) =>
            {
                var problem = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? GatewayProblems.TooFast(wait) : GatewayProblems.Busy(TimeSpan.FromSeconds(1 + Random.Shared.Next(3)));
                await problem.ToHttpResult().ExecuteAsync(context.HttpContext);
            };
        });
    }

    internal static LoadClass ClassOf(HttpRequest request)
    {
        var path = request.Path;
        var changes = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);
        return path.StartsWithSegments("/api/reporting") && changes ? LoadClass.Write
            : path.StartsWithSegments("/api/supervision") ? LoadClass.Review
            : path.StartsWithSegments("/api/analytics") ? LoadClass.Figures
            : path.StartsWithSegments("/api") ? LoadClass.Read
            : path.StartsWithSegments("/identity") || path.StartsWithSegments("/bff") ? LoadClass.SignIn
            : LoadClass.Unlimited;
    }

    private static RateLimitPartition<string> PerCaller(HttpContext http, LoadLimitOptions options) =>
        ClassOf(http.Request) is LoadClass.Unlimited or LoadClass.SignIn || http.User.FindFirst("sub")?.Value is not { } person
            ? RateLimitPartition.GetNoLimiter("")
            : RateLimitPartition.GetTokenBucketLimiter(person, _ => new()
            {
                TokenLimit = options.CallerBurst,
                TokensPerPeriod = options.CallerPerSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                QueueLimit = 0,
            });

    private static RateLimitPartition<LoadClass> PerClass(HttpContext http, LoadLimitOptions options)
    {
        var load = ClassOf(http.Request);
        return load == LoadClass.Unlimited
            ? RateLimitPartition.GetNoLimiter(load)
            : RateLimitPartition.GetConcurrencyLimiter(load, _ => new() { PermitLimit = options.Places(load), QueueLimit = options.Places(load) * options.QueueFactor });
    }
}

/// <summary>Classes of requests, most important first.</summary>
internal enum LoadClass
{
    Write,
    Review,
    Read,
    Figures,
    SignIn,
    Unlimited,
}
