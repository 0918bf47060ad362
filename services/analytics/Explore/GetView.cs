using Gengdu.Analytics.Data;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Explore;

internal static class GetView
{
    /// <summary>
    /// One's own, or one whose owner shares its link. Nothing but the question is in it, and that only for those who may see its place: a name
    /// or a place may say more than its reader is to know. One that is not there, not shared or out of reach is refused in the same words.
    /// </summary>
    public static async Task<Results<Ok<SavedViewResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, Explorer explorer, AnalyticsDbContext db, HttpResponse response, CancellationToken cancellationToken)
    {
        var found = await db.SavedViews.AsNoTracking().FirstOrDefaultAsync(view => view.Id == id, cancellationToken);
        if (found is null || (found.OwnerId != caller.PersonId && (!found.Shared || await explorer.RefuseAsync(SaveView.Read(found), caller, cancellationToken) is { Status: 403 or 404 })))
        {
            return AnalyticsProblems.ViewOutOfReach.ToHttpResult();
        }

        EntityTag.Set(response, found.Version);
        return TypedResults.Ok(SaveView.ToResponse(found, caller));
    }
}
