using Gengdu.Identity.Data;
using Gengdu.Identity.Organisations;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Assignments;

/// <summary>The holder takes it back, the deputy gives it back, or the desk ends it; at once.</summary>
internal static class WithdrawDelegation
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, IdentityDbContext db, AccessCache access, TimeProvider clock, CancellationToken cancellationToken)
    {
        var found = await db.Assignments.AsNoTracking().Where(a => a.Id == id && a.DelegatedFrom != null)
            .Join(db.Organisations, a => a.OrganisationId, o => o.Id, (a, o) => new { a, o.Path, Holder = db.Assignments.Single(x => x.Id == a.DelegatedFrom).PersonId })
            .SingleOrDefaultAsync(cancellationToken);
        var concerned = found is not null && (caller.PersonId == found.Holder || caller.PersonId == found.a.PersonId);
        if (found is null || !(concerned || caller.Sees(found.Path)))
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        if (!concerned && !GrantRules.MayTake(caller, found.Path, found.a.Role))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockPersonAsync(found.a.PersonId, cancellationToken);
        var (delegation, now) = (await db.Assignments.SingleAsync(a => a.Id == id, cancellationToken), clock.GetUtcNow());
        if (!delegation.IsOpen(SchoolDay.Of(now)))
        {
            return AssignmentProblems.AlreadyEnded.ToHttpResult();
        }

        await db.EndAsync([delegation], caller, null, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        access.Forget();
        return TypedResults.NoContent();
    }
}
