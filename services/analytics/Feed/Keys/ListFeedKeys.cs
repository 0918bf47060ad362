using Gengdu.Analytics.Data;
using Gengdu.Organisations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gengdu.Analytics.Feed.Keys;

/// <summary>The caller's keys, newest first.</summary>
/// <param name="Most">How many there may be.</param>
/// <param name="RowsPerDay">Rows each may fetch a day.</param>
public sealed record FeedKeysResponse(IReadOnlyList<FeedKeyResponse> Keys, int Most, int RowsPerDay);

/// <summary>One of them, without its secret.</summary>
/// <param name="Expired">It is refused already; it stands here until it is removed.</param>
/// <param name="LastUsedAt">Null before the first time.</param>
/// <param name="RowsToday">Rows fetched since midnight, China time.</param>
public sealed record FeedKeyResponse(
    Guid Id, string Name, string UserName, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, bool Expired, DateTimeOffset? LastUsedAt, long RowsToday);

internal static class ListFeedKeys
{
    public static async Task<Ok<FeedKeysResponse>> HandleAsync(
        Caller caller, AnalyticsDbContext db, IOptions<FeedOptions> options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var today = FeedKey.DayOf(now).Day;
        var keys = await db.FeedKeys.AsNoTracking().Where(key => key.PersonId == caller.PersonId).OrderByDescending(key => key.CreatedAt).ThenBy(key => key.Id).ToListAsync(cancellationToken);
        return TypedResults.Ok(new FeedKeysResponse(
            keys.ConvertAll(key => new FeedKeyResponse(
                key.Id, key.Name, key.Id.ToString("N"), key.CreatedAt, key.ExpiresAt, key.ExpiresAt <= now, key.LastUsedAt, key.UsedOn == today ? key.RowsUsed : 0)),
            options.Value.KeysOfOne, options.Value.RowsPerDay));
    }
}
