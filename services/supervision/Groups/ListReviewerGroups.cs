using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Groups;

internal static class ListReviewerGroups
{
    /// <summary>The groups in the caller's area, running ones first.</summary>
    public static async Task<Results<Ok<Page<ReviewerGroupResponse>>, ProblemHttpResult>> HandleAsync(
        [AsParameters] PageRequest page, Caller caller, SupervisionDbContext db, AuditTrail trail, CancellationToken cancellationToken)
    {
        if (caller.SubtreePaths(ReviewerGroupRights.Givers).Length == 0)
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        var organisations = db.Organisations.VisibleTo(caller, o => o.Path, ReviewerGroupRights.Givers);
        var groups = db.ReviewerGroups.AsNoTracking().Where(g => organisations.Any(o => o.Id == g.OrganisationId));
        var total = await groups.CountAsync(cancellationToken);
        var found = await groups.OrderBy(g => g.EndedAt != null).ThenByDescending(g => g.ValidTo).ThenBy(g => g.Id).Skip(page.Skip()).Take(page.Size()).ToListAsync(cancellationToken);
        await trail.SawAsync("reviewer-group", null, caller.PlaceOf([]), found.Count);
        return TypedResults.Ok(new Page<ReviewerGroupResponse>([.. found.Select(group => group.ToResponse())], page.Number(), page.Size(), total));
    }
}
