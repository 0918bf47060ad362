using Gengdu.Analytics.Data;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Explore;

internal static class ListViews
{
    /// <summary>One's own, by name.</summary>
    public static async Task<Results<Ok<Page<SavedViewResponse>>, ProblemHttpResult>> HandleAsync([AsParameters] PageRequest page, Caller caller, AnalyticsDbContext db, CancellationToken cancellationToken)
    {
        if (caller.Rights.Count == 0)
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        var own = db.SavedViews.AsNoTracking().Where(view => view.OwnerId == caller.PersonId);
        var total = await own.CountAsync(cancellationToken);
        var rows = await own.OrderBy(view => view.Name).ThenBy(view => view.Id).Skip(page.Skip()).Take(page.Size()).ToListAsync(cancellationToken);
        return TypedResults.Ok(new Page<SavedViewResponse>([.. rows.Select(view => SaveView.ToResponse(view, caller))], page.Number(), page.Size(), total));
    }
}
