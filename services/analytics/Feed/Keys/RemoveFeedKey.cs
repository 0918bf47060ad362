using Gengdu.Analytics.Data;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Feed.Keys;

internal static class RemoveFeedKey
{
    /// <summary>Removes one's own; it is refused from the next request on.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(Guid id, Caller caller, AnalyticsDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.FeedKeys.Where(key => key.Id == id && key.PersonId == caller.PersonId).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        db.Audit(AuditAct.Of(caller, "feed-key.removed", id, caller.PlaceOf([])), clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
