using Gengdu.Identity.Data;
using Gengdu.Identity.Organisations;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Assignments;

/// <param name="AssignmentId">The role to be stood in for.</param>
/// <param name="DeputyId">A colleague with a role of their own at the same organisation.</param>
/// <param name="Until">The last day; at most 92 days ahead.</param>
/// <param name="Reason">For the desk; at most 200 characters.</param>
internal sealed record DelegateAssignmentRequest(Guid AssignmentId, Guid DeputyId, DateOnly Until, string? Reason = null);

/// <summary>During an absence a colleague decides in the holder's stead, in both people's name: the delegation says for whom.</summary>
internal static class DelegateAssignment
{
    public static async Task<Results<Created<AssignmentResponse>, ProblemHttpResult>> HandleAsync(
        DelegateAssignmentRequest request, Caller caller, IdentityDbContext db, AccessCache access, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var today = SchoolDay.Of(now);
        var (seen, _, refused) = await db.FindDelegableAsync(request.AssignmentId, caller, today, cancellationToken);
        if (seen is null)
        {
            return refused!.ToHttpResult();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockPeopleAsync([seen.PersonId, request.DeputyId], cancellationToken);
        // Again, with both locked: the role may have ended meanwhile.
        (var original, var path, refused) = await db.FindDelegableAsync(request.AssignmentId, caller, today, cancellationToken);
        if (original is null || (refused = await RefuseAsync(request, original, caller, db, today, cancellationToken)) is not null)
        {
            return refused!.ToHttpResult();
        }

        var delegation = Assignment.Create(
            request.DeputyId, original.Role, original.OrganisationId, today, request.Until, now, caller.PersonId, request.Reason, delegatedFrom: original.Id);
        db.Add(delegation);
        db.Publish(delegation.ToAssignmentChanged(), now);
        db.Audit(caller, "assignment.delegated", delegation, path, now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        access.Forget();
        return TypedResults.Created($"/api/identity/delegations/{delegation.Id}", AssignmentResponse.Of(delegation));
    }

    private static async Task<Problem?> RefuseAsync(
        DelegateAssignmentRequest request, Assignment original, Caller caller, IdentityDbContext db, DateOnly today, CancellationToken cancellationToken) =>
        request.Reason?.Length > Assignment.ReasonLength ? GeneralProblems.Invalid(AssignmentProblems.ReasonTooLong)
        : request.DeputyId == caller.PersonId && original.PersonId != caller.PersonId ? AssignmentProblems.OwnRights
        : !await db.OfColleagues(original, today).AnyAsync(a => a.PersonId == request.DeputyId, cancellationToken) ? AssignmentProblems.NoColleague
        : Delegable.Latest(original, today) is var latest && (request.Until < today || request.Until > latest) ? AssignmentProblems.DelegationTooLong(latest)
        : await db.RefuseAsync(request.DeputyId, original.Role, original.OrganisationId, today, request.Until, cancellationToken);
}
