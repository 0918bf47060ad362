using Gengdu.Audit;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Groups;

/// <summary>Ends a group before its day; what its people decided stands. Ending it again changes nothing.</summary>
internal static class EndReviewerGroup
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, SupervisionDbContext db, AccessCache access, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"select from reviewer_groups where id = {id} for update", cancellationToken);
        var found = await (from g in db.ReviewerGroups where g.Id == id join o in db.Organisations on g.OrganisationId equals o.Id select new { Group = g, o.Path }).SingleOrDefaultAsync(cancellationToken);
        if (found is null || !caller.Sees(found.Path))
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        var group = found.Group;
        if (caller.GivingAt(ReviewKeys.Level(group.Level), found.Path) is null)
        {
            return ReviewerGroupProblems.NotYoursToGive.ToHttpResult();
        }

        if (group.EndedAt is null)
        {
            (group.EndedAt, group.Version) = (now, group.Version + 1);
            db.Publish(group.ToReviewerGroupChanged(), now);
            db.Audit(AuditAct.Of(caller, "reviewer-group.ended", group.Id, found.Path, new { group.Level }) with { OrganisationId = group.OrganisationId }, now);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            access.Forget();
        }

        return TypedResults.NoContent();
    }
}
