using Gengdu.Analytics.Data;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Explore;

internal static class ChangeView
{
    /// <summary>Another question, name or rhythm for one's own. Sending that was stopped begins anew when it is asked for again.</summary>
    public static async Task<Results<Ok<SavedViewResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, SaveViewRequest request, Caller caller, Explorer explorer, AnalyticsDbContext db, HttpContext http, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await db.SavedViews.FirstOrDefaultAsync(view => view.Id == id && view.OwnerId == caller.PersonId, cancellationToken) is not { } found)
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        if ((await SaveView.RefuseAsync(request, caller, explorer, cancellationToken) ?? EntityTag.Check(http.Request, found.Version)) is { } refused)
        {
            return refused.ToHttpResult();
        }

        var now = clock.GetUtcNow();
        (found.Name, found.Question, found.Shared, found.OrganisationId) = (request.Name.Trim(), SaveView.Written(request.Question), request.Shared, request.Question.OrganisationId);
        found.Send(request.Sending, now);
        found.Changed();
        db.Audit(AuditAct.Of(caller, "view.changed", id, null, new { request.Question.OrganisationId, request.Shared, request.Sending }), now);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return GeneralProblems.Stale.ToHttpResult();
        }

        EntityTag.Set(http.Response, found.Version);
        return TypedResults.Ok(SaveView.ToResponse(found, caller));
    }
}
