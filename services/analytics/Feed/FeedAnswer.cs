using Gengdu.Analytics.Feed.Keys;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;

namespace Gengdu.Analytics.Feed;

/// <summary>What every answer of the feed begins with: somebody with rights, and a place among those being made.</summary>
internal static class FeedAnswer
{
    /// <summary>Makes the answer and gives it out while the place is held, so that clients who read slowly count too.</summary>
    public static async Task<IResult> WithPlaceAsync(HttpContext http, Caller caller, FeedQuota quota, Func<Guid, Task<IResult>> make)
    {
        http.Response.Headers["OData-Version"] = "4.0";
        if (caller.Rights.Count == 0)
        {
            return new FeedError(GeneralProblems.Forbidden);
        }

        var key = http.Features.Get<FeedKeyInUse>()!.Id;
        if (await quota.TryEnterAsync(key, http.RequestAborted) is not { } place)
        {
            return new FeedError(FeedProblems.TooManyAtOnce);
        }

        try
        {
            return new Placed(await make(key), place);
        }
        catch
        {
            await place.DisposeAsync();
            throw;
        }
    }

    // Left before the answer ends: who asks for the next page at once must not meet their own shadow.
    private sealed class Placed(IResult answer, IAsyncDisposable place) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            await using (place)
            {
                await answer.ExecuteAsync(httpContext);
            }
        }
    }
}
