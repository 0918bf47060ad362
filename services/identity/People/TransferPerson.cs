using Gengdu.Audit;
using Gengdu.Identity.Assignments;
using Gengdu.Identity.Data;
using Gengdu.Identity.FillIns;
using Gengdu.Identity.Organisations;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.People;

/// <param name="FromOrganisationId">Every role there ends.</param>
/// <param name="ToOrganisationId">Where the new roles begin, today.</param>
/// <param name="Roles">The roles there; null for the same ones.</param>
/// <param name="Reason">For the desk; at most 200 characters.</param>
internal sealed record TransferPersonRequest(Guid FromOrganisationId, Guid ToOrganisationId, IReadOnlyList<string>? Roles = null, string? Reason = null);

internal sealed record TransferPersonResponse(IReadOnlyList<Guid> Ended, IReadOnlyList<AssignmentResponse> Begun);

/// <summary>
/// A person changes the school: old roles end and new ones begin in one step. Nothing of the old place stays: neither roles
/// that were to begin there later, nor what was delegated of them, nor a code that the old desk still knows. Sessions go on,
/// with the new rights.
/// </summary>
internal static class TransferPerson
{
    public static async Task<Results<Ok<TransferPersonResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, TransferPersonRequest request, Caller caller, IdentityDbContext db, AccessCache access, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var today = SchoolDay.Of(now);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockTreeAsync(cancellationToken);
        await db.LockPersonAsync(id, cancellationToken);
        var places = await db.Organisations.AsNoTracking().Where(o => o.Id == request.FromOrganisationId || (o.Id == request.ToOrganisationId && o.ValidTo == null))
            .ToDictionaryAsync(o => o.Id, cancellationToken);
        var (from, to) = (places.GetValueOrDefault(request.FromOrganisationId), places.GetValueOrDefault(request.ToOrganisationId));
        var open = await db.Assignments.Where(a => a.PersonId == id && a.OrganisationId == request.FromOrganisationId && !a.Removed && (a.ValidTo == null || a.ValidTo >= today))
            .ToListAsync(cancellationToken);
        string[] roles = [.. (request.Roles ?? open.Where(a => a.DelegatedFrom is null).Select(a => a.Role)).Distinct()];
        if ((Refuse(id, request, from, to, open, roles, caller) ?? await db.RefuseEndAsync(open, now, cancellationToken)) is { } refused)
        {
            return refused.ToHttpResult();
        }

        db.Audit(AuditAct.Of(caller, "person.transferred", id, to!.Path, new { from = from!.Id, to = to.Id, roles }) with { OrganisationId = to.Id }, now);
        await db.EndAsync(open, caller, request.Reason, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        var begun = new List<Assignment>();
        foreach (var role in roles)
        {
            if (await db.RefuseAsync(id, role, to.Id, today, null, cancellationToken) is { } clash)
            {
                return clash.ToHttpResult();
            }

            begun.Add(Assignment.Create(id, role, to.Id, today, null, now, caller.PersonId, request.Reason));
            db.Add(begun[^1]);
            db.Publish(begun[^1].ToAssignmentChanged(), now);
            db.Audit(caller, "assignment.created", begun[^1], to.Path, now);
            await db.SaveChangesAsync(cancellationToken);
        }

        await db.JoinFillInsAsync(begun, caller.PersonId, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await db.OneTimeCodes.Where(c => c.PersonId == id && c.UsedAt == null).ExecuteUpdateAsync(c => c.SetProperty(x => x.UsedAt, now), cancellationToken);
        FaultPoints.Pass(FaultPoints.BeforeCommit);
        await transaction.CommitAsync(cancellationToken);
        access.Forget();
        return TypedResults.Ok(new TransferPersonResponse([.. open.Select(a => a.Id)], [.. begun.Select(AssignmentResponse.Of)]));
    }

    /// <summary>Both ends are asked: what the caller does not see at either is not there.</summary>
    private static Problem? Refuse(Guid id, TransferPersonRequest request, Organisation? from, Organisation? to, List<Assignment> open, string[] roles, Caller caller) =>
        from is null || to is null || !caller.Sees(from.Path) || !caller.Sees(to.Path) ? GeneralProblems.NotFound
        : !GrantRules.Administers(caller, from.Path) || !GrantRules.Administers(caller, to.Path) ? GeneralProblems.Forbidden
        : open.Count == 0 ? GeneralProblems.NotFound
        : id == caller.PersonId ? AssignmentProblems.OwnRights
        : from.Id == to.Id || roles.Length == 0 ? PersonProblems.NoTransfer
        : open.Exists(a => !GrantRules.MayTake(caller, from.Path, a.Role)) ? AssignmentProblems.NotYoursToTake
        : Array.Exists(roles, role => !AssignmentRules.Fits(role, to.LevelRoles)) ? AssignmentProblems.RoleMisfit
        : Array.Exists(roles, role => !GrantRules.MayGive(caller, to.Path, role)) ? AssignmentProblems.NotYoursToGive
        : request.Reason?.Length > Assignment.ReasonLength ? GeneralProblems.Invalid(AssignmentProblems.ReasonTooLong)
        : null;
}
