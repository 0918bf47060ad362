using System.ComponentModel.DataAnnotations;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Reviews;

/// <summary>What narrows the list; all that is given holds together.</summary>
/// <param name="ModuleReportId">At most one review.</param>
/// <param name="ReportId">The reviews of one report.</param>
/// <param name="OrganisationId">The reviews of one organisation itself.</param>
/// <param name="CycleId">Of one cycle.</param>
/// <param name="State">In one state, e.g. "county-review".</param>
/// <param name="Unopened">true: those whose present revision somebody decided on without having opened it.</param>
/// <param name="UnlockAsked">true: those with a request to unlock that waits for its answer.</param>
internal sealed record ListReviewsFilter(
    Guid? ModuleReportId, Guid? ReportId, Guid? OrganisationId, Guid? CycleId,
    [property: RegularExpression("^(county-review|city-review|province-review|returned|accepted|withdrawn|unlocked)$")] string? State, bool? Unopened, bool? UnlockAsked);

internal static class ListReviews
{
    public static async Task<Results<Ok<Page<ReviewResponse>>, ProblemHttpResult>> HandleAsync(
        [AsParameters] ListReviewsFilter filter, [AsParameters] PageRequest page, Caller caller, SupervisionDbContext db, AuditTrail trail, CancellationToken cancellationToken)
    {
        ReviewState? state = Enum.GetValues<ReviewState>().Cast<ReviewState?>().FirstOrDefault(s => s!.Value.Key() == filter.State);
        if (filter.State is not null && state is null)
        {
            return GeneralProblems.BadRequest("state: county-review, city-review, province-review, returned, accepted, withdrawn, unlocked").ToHttpResult();
        }

        var reviews = Readable(db, caller)
            .Where(r => filter.ModuleReportId == null || r.ModuleReportId == filter.ModuleReportId)
            .Where(r => filter.ReportId == null || r.ReportId == filter.ReportId)
            .Where(r => filter.OrganisationId == null || r.OrganisationId == filter.OrganisationId)
            .Where(r => filter.CycleId == null || r.CycleId == filter.CycleId)
            .Where(r => state == null || r.State == state)
            .Where(r => filter.Unopened == null || r.History.Any(entry => entry.Revision == r.Revision && entry.Unopened == true) == filter.Unopened)
            .Where(r => filter.UnlockAsked == null || (r.UnlockAskedAt != null) == filter.UnlockAsked);
        var total = await reviews.CountAsync(cancellationToken);
        var found = await reviews.OrderBy(r => r.OrganisationPath).ThenBy(r => r.ModuleKey).ThenBy(r => r.Id).Skip(page.Skip()).Take(page.Size())
            .Include(r => r.History).Include(r => r.Openings).Include(r => r.Answers).AsSplitQuery().ToListAsync(cancellationToken);
        var responses = await found.ToResponsesAsync(db, caller, cancellationToken);
        await trail.SawAsync("review", filter.ModuleReportId ?? filter.ReportId, caller.PlaceOf(found.Select(review => review.OrganisationPath)), found.Count, filter);
        return TypedResults.Ok(new Page<ReviewResponse>(responses, page.Number(), page.Size(), total));
    }

    /// <summary>By a reading role wherever it reaches, by a reviewer group only the modules it is for.</summary>
    private static IQueryable<Review> Readable(SupervisionDbContext db, Caller caller)
    {
        var all = db.Reviews.AsNoTracking();
        var ids = all.VisibleTo(caller, r => r.OrganisationPath, ReviewRoles.Readers).Select(r => r.Id);
        var groups = caller.Rights.Where(right => right.Role == Roles.GroupReviewer).ToList();
        if (groups.Count == 0)
        {
            return all.VisibleTo(caller, r => r.OrganisationPath, ReviewRoles.Readers);
        }

        foreach (var group in groups)
        {
            var keys = group.Modules.ToArray();
            ids = ids.Union(all.Under(group.Path, r => r.OrganisationPath).Where(r => keys.Length == 0 || keys.Contains(r.ModuleKey)).Select(r => r.Id));
        }

        return all.Where(r => ids.Contains(r.Id));
    }
}
