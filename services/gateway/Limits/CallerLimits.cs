using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Gengdu.Gateway.Proxy;
using Gengdu.Gateway.Sessions;
using Gengdu.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace Gengdu.Gateway.Limits;

/// <summary>A share per person, county, token, key and address, so that one cannot take what is everybody's.</summary>
internal sealed class CallerLimits(IOptions<LimitOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _caller = Buckets(context => Caller(context, options.Value));
    private readonly PartitionedRateLimiter<HttpContext> _group = Buckets(context => Group(context, options.Value));
    private readonly PartitionedRateLimiter<string> _areaAtOnce = PartitionedRateLimiter.Create<string, string>(area => RateLimitPartition.GetConcurrencyLimiter(
        area, _ => new() { PermitLimit = options.Value.AreaAtOnce, QueueLimit = 0 }));

    private readonly PartitionedRateLimiter<HttpContext> _wrongKeys = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(
        Address(context), _ => new() { TokenLimit = options.Value.WrongKeys, TokensPerPeriod = 1, ReplenishmentPeriod = TimeSpan.FromMinutes(1) / options.Value.WrongKeys, QueueLimit = 0 }));

    /// <summary>A problem, or a lease to hold while the request is inside (null where none is needed).</summary>
    public (Problem? Refused, RateLimitLease? Lease) Check(HttpContext context)
    {
        if (ByKey.Is(context) && MayTryNoMore(context))
        {
            return (GatewayProblems.TooManyWrongKeys, null);
        }

        using var own = _caller.AttemptAcquire(context);
        if (!own.IsAcquired)
        {
            return (GatewayProblems.TooMany, null);
        }

        var area = OpenToEverybody.Is(context) || ByKey.Is(context) ? null : context.Features.Get<Session>()?.Area;
        using var shared = _group.AttemptAcquire(context);
        var place = shared.IsAcquired && area is not null ? _areaAtOnce.AttemptAcquire(area) : null;
        if (shared.IsAcquired && place is null or { IsAcquired: true })
        {
            return (null, place);
        }

        place?.Dispose();
        return (area is null ? GatewayProblems.TooMany : GatewayProblems.AreaTooMany, null);
    }

    /// <summary>Remembers a key that the service refused.</summary>
    public void WasWrong(HttpContext context) => _wrongKeys.AttemptAcquire(context).Dispose();

    public void Dispose()
    {
        _wrongKeys.Dispose();
        _caller.Dispose();
        _group.Dispose();
        _areaAtOnce.Dispose();
    }

    private static (string Key, BucketLimit? Limit) Caller(HttpContext context, LimitOptions limits) =>
        OpenToEverybody.IsOfData(context) ? ("d:" + context.Connection.RemoteIpAddress, limits.OpenData)
        : OpenToEverybody.Is(context) ? ("o:" + context.Connection.RemoteIpAddress, limits.Public)
        : ByKey.Is(context) ? ("k:" + Hashed(Authorization(context)), limits.FeedKey)
        : context.Features.Get<Session>() is { } session ? ("p:" + session.PersonId, limits.Person)
        : Authorization(context) is { Length: > 0 } token ? ("b:" + Hashed(token), limits.Bearer)
        : ("a:" + context.Connection.RemoteIpAddress, limits.Address);

    // The county of a token is not known here without checking it, and what an unchecked one says is worth nothing.
    private static (string Key, BucketLimit? Limit) Group(HttpContext context, LimitOptions limits) =>
        OpenToEverybody.Is(context) ? ("", null)
        : ByKey.Is(context) ? ("k:" + Address(context), limits.FeedAddress)
        : context.Features.Get<Session>() is { } session ? (session.Area is null ? ("", null) : ("c:" + session.Area, limits.Area))
        : Authorization(context).Length > 0 ? ("t:" + context.Connection.RemoteIpAddress, limits.BearerAddress) : ("", null);

    private bool MayTryNoMore(HttpContext context)
    {
        using var any = _wrongKeys.AttemptAcquire(context, 0);
        return !any.IsAcquired;
    }

    private static string Address(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";

    private static string Hashed(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)), 0, 16);

    private static string Authorization(HttpContext context) => context.Request.Headers.Authorization.ToString();

    private static PartitionedRateLimiter<HttpContext> Buckets(Func<HttpContext, (string Key, BucketLimit? Limit)> of) => PartitionedRateLimiter.Create<HttpContext, string>(context =>
        of(context) is var (key, limit) && limit is null ? RateLimitPartition.GetNoLimiter(key) : RateLimitPartition.GetTokenBucketLimiter(key, _ => new()
        {
            TokenLimit = limit.Burst, TokensPerPeriod = Math.Max(limit.PerSecond / 10, 1), ReplenishmentPeriod = TimeSpan.FromMilliseconds(100), QueueLimit = 0,
        }));
}
