using Gengdu.Audit;
using Gengdu.Identity.Assignments;
using Gengdu.Identity.Data;
using Gengdu.Identity.Organisations;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.FillIns;

/// <param name="TeachingPointId">For whom.</param>
/// <param name="AssignmentIds">Roles of reporters and approvers at the central school: these people get the same role at the teaching point.</param>
/// <param name="ValidFrom">First day; today when left out.</param>
/// <param name="ValidTo">Last day; open-ended when left out.</param>
/// <param name="Reason">For the desk; at most 200 characters.</param>
/// <param name="OnlyThese">Who gets one of the chosen people's roles at the school later does not join.</param>
internal sealed record DeclareFillInRequest(
    Guid TeachingPointId, IReadOnlyList<Guid> AssignmentIds, DateOnly? ValidFrom = null, DateOnly? ValidTo = null, string? Reason = null, bool OnlyThese = false);

/// <summary>
/// A central school's people fill in and sign for a teaching point. Declared, never guessed: who is responsible for a small school is
/// the county's decision. The roles are ordinary ones, so scope, row-level security and audit hold as they are.
/// </summary>
internal static class DeclareFillIn
{
    private const int MostPeople = 50;

    public static async Task<Results<Created<FillInResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, DeclareFillInRequest request, Caller caller, IdentityDbContext db, AccessCache access, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var today = SchoolDay.Of(now);
        var school = await db.Organisations.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, cancellationToken);
        var point = await db.Organisations.AsNoTracking().SingleOrDefaultAsync(o => o.Id == request.TeachingPointId, cancellationToken);
        if (Refuse(request, school, point, caller, request.ValidFrom ?? today) is { } refused)
        {
            return refused.ToHttpResult();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockTreeAsync(cancellationToken);
        var originals = await db.Assignments.AsNoTracking().Where(a => request.AssignmentIds.Contains(a.Id) && a.OrganisationId == id && !a.Removed
            && (a.Role == Roles.Reporter || a.Role == Roles.Approver) && (a.ValidTo == null || a.ValidTo >= today) && a.DelegatedFrom == null && a.FillsInFrom == null).ToListAsync(cancellationToken);
        if (originals.Count != request.AssignmentIds.Distinct().Count())
        {
            return FillInProblems.NotTheirPeople.ToHttpResult();
        }

        if (originals.Any(a => a.PersonId == caller.PersonId))
        {
            return AssignmentProblems.OwnRights.ToHttpResult();
        }

        if (await db.FillIns.AnyAsync(f => f.SchoolId == id && f.TeachingPointId == point!.Id && f.EndedAt == null && (f.ValidTo == null || f.ValidTo >= today), cancellationToken))
        {
            return FillInProblems.AlreadyDeclared.ToHttpResult();
        }

        await db.LockPeopleAsync([.. originals.Select(a => a.PersonId).Distinct()], cancellationToken);
        var fillIn = await DeclareAsync(request, originals, school!, point!, caller, db, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        access.Forget();
        var response = await ListFillIns.Of(db.FillIns.Where(f => f.Id == fillIn.Id), db, today).SingleAsync(cancellationToken);
        return TypedResults.Created($"/api/identity/fill-ins/{fillIn.Id}", response);
    }

    private static async Task<FillIn> DeclareAsync(
        DeclareFillInRequest request, List<Assignment> originals, Organisation school, Organisation point, Caller caller, IdentityDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var fillIn = new FillIn
        {
            Id = Guid.CreateVersion7(now),
            SchoolId = school.Id,
            TeachingPointId = point.Id,
            ValidFrom = request.ValidFrom ?? SchoolDay.Of(now),
            ValidTo = request.ValidTo,
            Reason = request.Reason?.Trim(),
            Roles = request.OnlyThese ? [] : [.. originals.Select(a => a.Role).Distinct().Order(StringComparer.Ordinal)],
            DeclaredBy = caller.PersonId,
            DeclaredAt = now,
        };
        db.Add(fillIn);
        db.Audit(AuditAct.Of(caller, "fill-in.declared", fillIn.Id, point.Path, new { fillIn.SchoolId, fillIn.TeachingPointId, fillIn.ValidFrom, fillIn.ValidTo, fillIn.Roles }) with { OrganisationId = point.Id }, now);
        foreach (var original in originals)
        {
            await db.FillInAsync(fillIn, original, point.Path, caller.PersonId, now, cancellationToken);
        }

        return fillIn;
    }

    private static Problem? Refuse(DeclareFillInRequest request, Organisation? school, Organisation? point, Caller caller, DateOnly from) =>
        school is null || point is null || !caller.Sees(school.Path) || !caller.Sees(point.Path) ? GeneralProblems.NotFound
        : !GrantRules.Administers(caller, school.Path) || !GrantRules.Administers(caller, point.Path) ? GeneralProblems.Forbidden
        : !GrantRules.MayGive(caller, point.Path, Roles.Reporter) ? AssignmentProblems.NotYoursToGive
        : !FillIn.Fits(school, point) ? FillInProblems.NoTeachingPoint
        : request.AssignmentIds.Count is 0 or > MostPeople ? FillInProblems.NotTheirPeople
        : request.Reason?.Length > FillIn.ReasonLength ? GeneralProblems.Invalid(AssignmentProblems.ReasonTooLong)
        : request.ValidTo < from ? AssignmentProblems.PeriodReversed
        : null;
}
