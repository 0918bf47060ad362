using Gengdu.Audit;
using Gengdu.Identity.Assignments;
using Gengdu.Identity.Data;
using Gengdu.Identity.Organisations;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.FillIns;

/// <summary>Takes back what was declared: the roles it gave end at once in every service that hears of it.</summary>
internal static class EndFillIn
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, IdentityDbContext db, AccessCache access, TimeProvider clock, CancellationToken cancellationToken)
    {
        var path = await db.FillIns.Where(f => f.Id == id).Join(db.Organisations, f => f.TeachingPointId, o => o.Id, (f, o) => o.Path).SingleOrDefaultAsync(cancellationToken);
        if (path is null || !caller.Sees(path))
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        if (!GrantRules.MayTake(caller, path, Roles.Reporter))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockTreeAsync(cancellationToken);
        var (fillIn, now) = (await db.FillIns.AsTracking().SingleAsync(f => f.Id == id, cancellationToken), clock.GetUtcNow());
        if (!fillIn.IsOpen(SchoolDay.Of(now)))
        {
            return FillInProblems.AlreadyEnded.ToHttpResult();
        }

        fillIn.End(caller.PersonId, now);
        var roles = await db.Assignments.AsTracking().Where(a => a.FillInId == id && !a.Removed).ToListAsync(cancellationToken);
        await db.LockPeopleAsync([.. roles.Select(a => a.PersonId).Distinct()], cancellationToken);
        await db.EndAsync(roles, caller, null, now, cancellationToken);
        db.Audit(AuditAct.Of(caller, "fill-in.ended", id, path, new { fillIn.SchoolId, fillIn.TeachingPointId }) with { OrganisationId = fillIn.TeachingPointId }, now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        access.Forget();
        return TypedResults.NoContent();
    }
}
