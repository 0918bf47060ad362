using Gengdu.Analytics.Data;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Explore;

internal static class RemoveView
{
    /// <summary>Its link opens nothing from here on, and it is sent no more.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(Guid id, Caller caller, AnalyticsDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await db.SavedViews.FirstOrDefaultAsync(view => view.Id == id && view.OwnerId == caller.PersonId, cancellationToken) is not { } found)
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        db.Remove(found);
        db.Audit(AuditAct.Of(caller, "view.removed", id, null), clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
