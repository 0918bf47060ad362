using Gengdu.Identity.Data;
using Gengdu.Identity.FillIns;
using Gengdu.Identity.Organisations;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Assignments;

internal sealed record CreateAssignmentRequest(Guid PersonId, string Role, Guid OrganisationId, DateOnly? ValidFrom = null, DateOnly? ValidTo = null, string? Reason = null);

/// <param name="Version">For If-Match.</param>
internal sealed record AssignmentResponse(Guid Id, Guid PersonId, string Role, Guid OrganisationId, DateOnly ValidFrom, DateOnly? ValidTo, Guid? DelegatedFrom, long Version)
{
    public static AssignmentResponse Of(Assignment a) => new(a.Id, a.PersonId, a.Role, a.OrganisationId, a.ValidFrom, a.ValidTo, a.DelegatedFrom, a.Version);
}

/// <summary>Gives a role. Nobody grants what they do not have or what lies outside the subtree they administer, and nobody to themselves.</summary>
internal static class CreateAssignment
{
    public static async Task<Results<Created<AssignmentResponse>, ProblemHttpResult>> HandleAsync(
        CreateAssignmentRequest request, HttpResponse response, Caller caller, IdentityDbContext db, AccessCache access, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var place = await db.Organisations.AsNoTracking().SingleOrDefaultAsync(o => o.Id == request.OrganisationId, cancellationToken);
        var from = request.ValidFrom ?? SchoolDay.Of(now);
        if (Refuse(request, place, from, caller) is { } refused)
        {
            return refused.ToHttpResult();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.ShareTreeAsync(cancellationToken);
        if (!await db.LockPersonAsync(request.PersonId, cancellationToken))
        {
            return AssignmentProblems.UnknownPerson.ToHttpResult();
        }

        if (await db.RefuseAsync(request.PersonId, request.Role, request.OrganisationId, from, request.ValidTo, cancellationToken) is { } clash)
        {
            return clash.ToHttpResult();
        }

        var assignment = Assignment.Create(request.PersonId, request.Role, request.OrganisationId, from, request.ValidTo, now, caller.PersonId, request.Reason);
        db.Add(assignment);
        db.Publish(assignment.ToAssignmentChanged(), now);
        db.Audit(caller, "assignment.created", assignment, place!.Path, now);
        await db.JoinFillInsAsync([assignment], caller.PersonId, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        access.Forget();
        EntityTag.Set(response, assignment.Version);
        return TypedResults.Created($"/api/identity/assignments/{assignment.Id}", AssignmentResponse.Of(assignment));
    }

    private static Problem? Refuse(CreateAssignmentRequest request, Organisation? place, DateOnly from, Caller caller) =>
        place is null || !caller.Sees(place.Path) ? GeneralProblems.NotFound
        : !GrantRules.Administers(caller, place.Path) ? GeneralProblems.Forbidden
        : request.PersonId == caller.PersonId ? AssignmentProblems.OwnRights
        : !AssignmentRules.Fits(request.Role, place.LevelRoles) ? AssignmentProblems.RoleMisfit
        : !GrantRules.MayGive(caller, place.Path, request.Role) ? AssignmentProblems.NotYoursToGive
        : request.Reason?.Length > Assignment.ReasonLength ? GeneralProblems.Invalid(AssignmentProblems.ReasonTooLong)
        : request.ValidTo < from ? AssignmentProblems.PeriodReversed
        : null;
}
