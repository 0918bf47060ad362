using Gengdu.Identity.Data;
using Gengdu.Identity.Organisations;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Identity.Assignments;

internal sealed record CreateAssignmentRequest(Guid PersonId, string Role, Guid OrganisationId, DateOnly? ValidFrom = null, DateOnly? ValidTo = null);

internal sealed record AssignmentResponse(Guid Id, Guid PersonId, string Role, Guid OrganisationId, DateOnly ValidFrom, DateOnly? ValidTo);

/// <summary>Gives a role. Nobody grants what lies outside the subtree they administer, and nobody grants to themselves.</summary>
internal static class CreateAssignment
{
    public static async Task<Results<Created<AssignmentResponse>, ProblemHttpResult>> HandleAsync(
        CreateAssignmentRequest request, Caller caller, IdentityDbContext db, AccessCache access, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var place = await db.Organisations.AsNoTracking().SingleOrDefaultAsync(o => o.Id == request.OrganisationId, cancellationToken);
        var from = request.ValidFrom ?? SchoolDay.Of(now);
        if (Refuse(request, place, from, caller) is { } refused)
        {
            return refused.ToHttpResult();
        }

        if (!await db.People.AnyAsync(p => p.Id == request.PersonId, cancellationToken))
        {
            return AssignmentProblems.UnknownPerson.ToHttpResult();
        }

        var assignment = Assignment.Create(request.PersonId, request.Role, request.OrganisationId, from, request.ValidTo, now);
        db.Add(assignment);
        db.Publish(assignment.ToAssignmentChanged(), now);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (fault.InnerException is PostgresException { ConstraintName: AssignmentConfiguration.OncePerPlace })
        {
            return AssignmentProblems.AlreadyGiven.ToHttpResult();
        }

        access.Forget();
        return TypedResults.Created($"/api/identity/assignments/{assignment.Id}", new AssignmentResponse(
            assignment.Id, assignment.PersonId, assignment.Role, assignment.OrganisationId, assignment.ValidFrom, assignment.ValidTo));
    }

    private static Problem? Refuse(CreateAssignmentRequest request, Organisation? place, DateOnly from, Caller caller) =>
        place is null || !caller.Sees(place.Path) ? GeneralProblems.NotFound
        : !caller.MayActAs(place.Path, Roles.Administrator) ? GeneralProblems.Forbidden
        : request.PersonId == caller.PersonId ? AssignmentProblems.OwnRights
        : !AssignmentRules.Fits(request.Role, place.LevelRoles) ? AssignmentProblems.RoleMisfit
        : request.ValidTo < from ? AssignmentProblems.PeriodReversed
        : null;
}
