using Gengdu.Identity.Data;
using Gengdu.Identity.FillIns;
using Gengdu.Identity.Organisations;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Assignments;

/// <param name="ValidTo">The last day, today or later; null for open-ended.</param>
/// <param name="Reason">Why, for the desk; at most 200 characters.</param>
internal sealed record ChangeAssignmentPeriodRequest(DateOnly? ValidTo, string? Reason = null);

/// <summary>Sets or moves the last day of a role. Making it longer is giving, so it asks for the right to give.</summary>
internal static class ChangeAssignmentPeriod
{
    public static async Task<Results<Ok<AssignmentResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, ChangeAssignmentPeriodRequest body, HttpContext http, Caller caller, IdentityDbContext db, AccessCache access, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (seen, path, refused) = await db.FindAsync(id, caller, cancellationToken);
        if (seen is null)
        {
            return refused!.ToHttpResult();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockTreeAsync(cancellationToken);
        await db.LockPersonAsync(seen.PersonId, cancellationToken);
        var (assignment, now) = (await db.Assignments.SingleAsync(a => a.Id == id, cancellationToken), clock.GetUtcNow());
        if ((EntityTag.Check(http.Request, assignment.Version) ?? await ChangeAsync(assignment, path, body, caller, db, now, cancellationToken)) is { } problem)
        {
            return problem.ToHttpResult();
        }

        await db.ShortenDelegationsAsync(assignment, path, caller, now, cancellationToken);
        await db.LengthenFillInsAsync(assignment, caller.PersonId, now, cancellationToken);
        db.Publish(assignment.ToAssignmentChanged(), now);
        db.Audit(caller, "assignment.changed", assignment, path, now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        access.Forget();
        EntityTag.Set(http.Response, assignment.Version);
        return TypedResults.Ok(AssignmentResponse.Of(assignment));
    }

    private static async Task<Problem?> ChangeAsync(
        Assignment assignment, string path, ChangeAssignmentPeriodRequest body, Caller caller, IdentityDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (body.Reason?.Length > Assignment.ReasonLength)
        {
            return GeneralProblems.Invalid(AssignmentProblems.ReasonTooLong);
        }

        var (longer, former) = (assignment.ValidTo is { } last && (body.ValidTo is null || body.ValidTo > last), assignment.ValidTo);
        if (longer)
        {
            var refused = assignment.DelegatedFrom is not null ? AssignmentProblems.DelegationStays
                : assignment.PersonId == caller.PersonId ? AssignmentProblems.OwnRights
                : !GrantRules.MayGive(caller, path, assignment.Role) ? AssignmentProblems.NotYoursToGive
                : await db.RefuseAsync(assignment.PersonId, assignment.Role, assignment.OrganisationId, former!.Value.AddDays(1), body.ValidTo, cancellationToken, except: assignment.Id);
            if (refused is not null)
            {
                return refused;
            }
        }

        return (body.ValidTo is null ? null : await db.RefuseEndAsync([assignment], now, cancellationToken))
            ?? assignment.ChangePeriod(body.ValidTo, body.Reason, SchoolDay.Of(now));
    }
}
