using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Gengdu.Gateway.Sessions;
using Gengdu.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace Gengdu.Gateway.Limits;

/// <summary>
/// A bucket per caller, so that one cannot take what is everybody's; places per class, so that dashboards wait before
/// reports do. What cannot be served soon is refused soon: a queue that nobody waits for any more helps nobody.
/// </summary>
internal sealed class LoadShedding : IDisposable
{
    private readonly TimeSpan _patience;
    private readonly ConcurrencyLimiter[] _places;
    private readonly PartitionedRateLimiter<HttpContext> _buckets;

    public LoadShedding(IOptions<LimitOptions> options)
    {
        var limits = options.Value;
        _patience = TimeSpan.FromMilliseconds(limits.QueueMilliseconds);
        _places = [.. new[] { limits.Intake, limits.Review, limits.Read, limits.Analytics }.Select(limit => new ConcurrencyLimiter(new()
        {
            PermitLimit = limit.AtOnce, QueueLimit = limit.Queue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        }))];
        _buckets = PartitionedRateLimiter.Create<HttpContext, string>(context => Bucket(context, limits));
    }

    public async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        using var turn = _buckets.AttemptAcquire(context);
        if (!turn.IsAcquired)
        {
            await GatewayProblems.TooMany.ToHttpResult().ExecuteAsync(context);
            return;
        }

        var traffic = TrafficClasses.Of(context.GetReverseProxyFeature().Route.Config.ClusterId, context.Request.Method);
        using var place = await EnterAsync(_places[(int)traffic], context.RequestAborted);
        if (place is not { IsAcquired: true })
        {
            // Spread, so that all who were refused do not come back in the same second.
            await (GatewayProblems.Overloaded with { RetryAfter = TimeSpan.FromSeconds(Random.Shared.Next(1, 5)) }).ToHttpResult().ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    public void Dispose()
    {
        _buckets.Dispose();
        foreach (var places in _places)
        {
            places.Dispose();
        }
    }

    private static RateLimitPartition<string> Bucket(HttpContext context, LimitOptions limits)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        var (key, limit) = context.Features.Get<Session>() is { } session ? ("s:" + session.KeyHash, limits.Session)
            : authorization.Length > 0 ? ("b:" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(authorization)), 0, 16), limits.Bearer)
            : ("a:" + context.Connection.RemoteIpAddress, limits.Address);
        return RateLimitPartition.GetTokenBucketLimiter(key, _ => new()
        {
            TokenLimit = limit.Burst, TokensPerPeriod = Math.Max(limit.PerSecond / 10, 1), ReplenishmentPeriod = TimeSpan.FromMilliseconds(100), QueueLimit = 0,
        });
    }

    private async ValueTask<RateLimitLease?> EnterAsync(ConcurrencyLimiter places, CancellationToken cancellationToken)
    {
        var place = places.AttemptAcquire();
        if (place.IsAcquired)
        {
            return place;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_patience);
        try
        {
            return await places.AcquireAsync(1, patience.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
