using Gengdu.Identity.Data;
using Gengdu.Identity.Organisations;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Assignments;

/// <summary>Takes a role away, at once in every service that hears of it.</summary>
internal static class RemoveAssignment
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, IdentityDbContext db, AccessCache access, TimeProvider clock, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // One at a time, so that two administrators cannot remove each other and leave nobody.
        await db.LockTreeAsync(cancellationToken);
        var assignment = await db.Assignments.SingleOrDefaultAsync(a => a.Id == id && !a.Removed, cancellationToken);
        var place = assignment is null ? null : await db.Organisations.AsNoTracking().SingleAsync(o => o.Id == assignment.OrganisationId, cancellationToken);
        if (assignment is null || place is null || !caller.Sees(place.Path))
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        if (!caller.MayActAs(place.Path, Roles.Administrator))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        var now = clock.GetUtcNow();
        if (place.ParentId is null && assignment.Role == Roles.Administrator && !await OthersRemainAsync(assignment, db, now, cancellationToken))
        {
            return AssignmentProblems.LastAdministrator.ToHttpResult();
        }

        assignment.Remove();
        db.Publish(assignment.ToAssignmentChanged(), now);
        await db.SaveChangesAsync(cancellationToken);
        FaultPoints.Pass(FaultPoints.BeforeCommit);
        await transaction.CommitAsync(cancellationToken);
        access.Forget();
        return TypedResults.NoContent();
    }

    private static Task<bool> OthersRemainAsync(Assignment going, IdentityDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = SchoolDay.Of(now);
        return db.Assignments.AnyAsync(
            a => a.Id != going.Id && a.OrganisationId == going.OrganisationId && a.Role == Roles.Administrator && !a.Removed && a.ValidFrom <= today && a.ValidTo == null,
            cancellationToken);
    }
}
