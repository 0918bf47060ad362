using Gengdu.Analytics.Feed.Keys;
using Gengdu.Organisations;

namespace Gengdu.Analytics.Feed;

internal static class GetFeedMetadata
{
    /// <summary>What is in the sets, as CSDL: the same for everybody with a right somewhere.</summary>
    public static Task<IResult> HandleAsync(Caller caller, HttpContext http, FeedQuota quota, CancellationToken cancellationToken) =>
        FeedAnswer.WithPlaceAsync(http, caller, quota, async key =>
            await quota.SpendAsync(key, 0, cancellationToken) is { } problem ? new FeedError(problem) : TypedResults.Bytes(FeedModel.Metadata, "application/xml"));
}
