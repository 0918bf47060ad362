using Gengdu.Identity.Data;
using Gengdu.Identity.Organisations;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Assignments;

/// <summary>Takes a role away, at once in every service that hears of it. Of two who do it, the second is told.</summary>
internal static class RemoveAssignment
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id, HttpRequest request, Caller caller, IdentityDbContext db, AccessCache access, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (seen, _, refused) = await db.FindAsync(id, caller, cancellationToken);
        if (seen is null)
        {
            return refused!.ToHttpResult();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // One at a time, so that two administrators cannot remove each other and leave nobody.
        await db.LockTreeAsync(cancellationToken);
        await db.LockPersonAsync(seen.PersonId, cancellationToken);
        var (assignment, now) = (await db.Assignments.SingleAsync(a => a.Id == id, cancellationToken), clock.GetUtcNow());
        if ((Refuse(assignment, request, now) ?? await db.RefuseEndAsync([assignment], now, cancellationToken)) is { } problem)
        {
            return problem.ToHttpResult();
        }

        await db.EndAsync([assignment], caller, null, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        FaultPoints.Pass(FaultPoints.BeforeCommit);
        await transaction.CommitAsync(cancellationToken);
        access.Forget();
        return TypedResults.NoContent();
    }

    /// <summary>The assignment that the caller may take away; exactly one of both.</summary>
    internal static async Task<(Assignment? Assignment, string Path, Problem? Refused)> FindAsync(this IdentityDbContext db, Guid id, Caller caller, CancellationToken cancellationToken)
    {
        var found = await db.Assignments.AsNoTracking().Where(a => a.Id == id)
            .Join(db.Organisations, a => a.OrganisationId, o => o.Id, (a, o) => new { a, o.Path }).SingleOrDefaultAsync(cancellationToken);
        return found is null || !caller.Sees(found.Path) ? (null, "", GeneralProblems.NotFound)
            : !GrantRules.Administers(caller, found.Path) ? (null, "", GeneralProblems.Forbidden)
            : !GrantRules.MayTake(caller, found.Path, found.a.Role) ? (null, "", AssignmentProblems.NotYoursToTake)
            : (found.a, found.Path, null);
    }

    /// <summary>If-Match is welcome; without it the state decides.</summary>
    private static Problem? Refuse(Assignment assignment, HttpRequest request, DateTimeOffset now) =>
        !assignment.IsOpen(SchoolDay.Of(now)) ? AssignmentProblems.AlreadyEnded
        : request.Headers.IfMatch.Count > 0 ? EntityTag.Check(request, assignment.Version)
        : null;
}
