using Gengdu.Analytics.Feed.Keys;
using Gengdu.Organisations;
using Microsoft.OData;

namespace Gengdu.Analytics.Feed;

internal static class GetFeed
{
    /// <summary>Which sets there are: the same for everybody with a right somewhere.</summary>
    public static Task<IResult> HandleAsync(Caller caller, HttpContext http, FeedQuota quota, CancellationToken cancellationToken) =>
        FeedAnswer.WithPlaceAsync(http, caller, quota, async key => await quota.SpendAsync(key, 0, cancellationToken) is { } problem ? new FeedError(problem) : new Answer());

    private sealed class Answer : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            await using var writer = FeedMessage.Writer(httpContext);
            await writer.WriteServiceDocumentAsync(new() { EntitySets = FeedSets.All.Select(set => new ODataEntitySetInfo { Name = set.Name, Title = set.Name, Url = new(set.Name, UriKind.Relative) }) });
        }
    }
}
