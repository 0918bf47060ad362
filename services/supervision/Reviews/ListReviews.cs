using System.ComponentModel.DataAnnotations;
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
internal sealed record ListReviewsFilter(
    Guid? ModuleReportId, Guid? ReportId, Guid? OrganisationId, Guid? CycleId,
    [property: RegularExpression("^(county-review|city-review|province-review|returned|accepted)$")] string? State);

internal static class ListReviews
{
    public static async Task<Results<Ok<Page<ReviewResponse>>, ProblemHttpResult>> HandleAsync(
        [AsParameters] ListReviewsFilter filter, [AsParameters] PageRequest page, Caller caller, SupervisionDbContext db, CancellationToken cancellationToken)
    {
        ReviewState? state = Enum.GetValues<ReviewState>().Cast<ReviewState?>().FirstOrDefault(s => s!.Value.Key() == filter.State);
        if (filter.State is not null && state is null)
        {
            return GeneralProblems.BadRequest("state: county-review, city-review, province-review, returned, accepted").ToHttpResult();
        }

        var reviews = db.Reviews.AsNoTracking().VisibleTo(caller, r => r.OrganisationPath, ReviewRoles.Readers)
            .Where(r => filter.ModuleReportId == null || r.ModuleReportId == filter.ModuleReportId)
            .Where(r => filter.ReportId == null || r.ReportId == filter.ReportId)
            .Where(r => filter.OrganisationId == null || r.OrganisationId == filter.OrganisationId)
            .Where(r => filter.CycleId == null || r.CycleId == filter.CycleId)
            .Where(r => state == null || r.State == state);
        var total = await reviews.CountAsync(cancellationToken);
        var found = await reviews.OrderBy(r => r.OrganisationPath).ThenBy(r => r.ModuleKey).ThenBy(r => r.Id).Skip(page.Skip()).Take(page.Size())
            .Include(r => r.History).AsSplitQuery().ToListAsync(cancellationToken);
        return TypedResults.Ok(new Page<ReviewResponse>(await found.ToResponsesAsync(db, caller, cancellationToken), page.Number(), page.Size(), total));
    }
}
