using System.Globalization;
using Gengdu.Analytics.Feed.Keys;
using Gengdu.Audit;
using Gengdu.Organisations;

namespace Gengdu.Analytics.Feed;

internal static class CountFeedSet
{
    /// <summary>How many rows a set has for the caller, as plain text.</summary>
    public static Task<IResult> HandleAsync(
        string set, [AsParameters] FeedOptionsAsked asked, Caller caller, HttpContext http, FeedReader reader, FeedQuota quota, AuditTrail trail, CancellationToken cancellationToken) =>
        FeedAnswer.WithPlaceAsync(http, caller, quota, async key =>
        {
            if (FeedSets.Find(set) is not { } found)
            {
                return new FeedError(FeedProblems.UnknownSet);
            }

            var (query, refused, target) = FeedQuery.Of(found, asked, http.Request.Query.Keys);
            if (query is null)
            {
                return new FeedError(refused!, target);
            }

            var (count, problem) = await reader.CountAsync(query, caller, cancellationToken);
            problem ??= await quota.SpendAsync(key, 1, cancellationToken);
            if (problem is not null)
            {
                return new FeedError(problem);
            }

            await trail.SawAsync("feed", key, caller.PlaceOf([]), 1, new { set, filtered = query.Filter.Terms.Count, counted = true });
            return TypedResults.Text(count!.Value.ToString(CultureInfo.InvariantCulture));
        });
}
