using Gengdu.Analytics.Data;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Explore.Boards;

internal static class RemoveBoard
{
    /// <summary>Its link opens nothing from here on. The views that stood on it stay.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(Guid id, Caller caller, AnalyticsDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await db.Boards.FirstOrDefaultAsync(board => board.Id == id && board.OwnerId == caller.PersonId, cancellationToken) is not { } found)
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        db.Remove(found);
        db.Audit(AuditAct.Of(caller, "board.removed", id, null), clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
