using Gengdu.Audit;
using Gengdu.Identity.Assignments;
using Gengdu.Identity.Data;
using Gengdu.Identity.Organisations;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.FillIns;

/// <summary>A declaration holds for the school's roles: whoever gets one of them later fills in too, from that moment on.</summary>
internal static class FillInJoining
{
    /// <summary>
    /// Beside every act that gives roles, in its transaction and before it is saved. The tree is shared, so that nobody declares or ends
    /// in between: each new role is either seen by the declaration or sees it.
    /// </summary>
    /// <param name="begun">Roles just given; only a school's own reporters and approvers matter.</param>
    /// <param name="by">Who gave them.</param>
    public static async Task JoinFillInsAsync(this IdentityDbContext db, IReadOnlyCollection<Assignment> begun, Guid? by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var own = begun.Where(a => a.Role is Roles.Reporter or Roles.Approver && a.DelegatedFrom is null && a.FillsInFrom is null).ToLookup(a => a.OrganisationId);
        var schools = own.Select(roles => roles.Key).ToArray();
        if (schools.Length == 0)
        {
            return;
        }

        await db.ShareTreeAsync(cancellationToken);
        var today = SchoolDay.Of(now);
        var declared = await db.FillIns.AsNoTracking().Where(f => schools.Contains(f.SchoolId) && f.EndedAt == null && (f.ValidTo == null || f.ValidTo >= today) && f.Roles.Length > 0)
            .Join(db.Organisations.Where(o => o.ValidTo == null), f => f.TeachingPointId, o => o.Id, (f, point) => new { FillIn = f, point.Path }).ToListAsync(cancellationToken);
        foreach (var (fillIn, path, original) in declared.SelectMany(one => own[one.FillIn.SchoolId].Where(a => one.FillIn.Roles.Contains(a.Role)).Select(a => (one.FillIn, one.Path, a))))
        {
            await db.FillInAsync(fillIn, original, path, by, now, cancellationToken);
        }
    }

    /// <summary>A later last day of a role is one for what it fills in for too, as long as that was declared.</summary>
    public static async Task LengthenFillInsAsync(this IdentityDbContext db, Assignment original, Guid? by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var following = await db.Assignments.Where(a => a.FillsInFrom == original.Id && !a.Removed)
            .Join(db.FillIns.Where(f => f.EndedAt == null), a => a.FillInId, f => f.Id, (role, f) => new { role, f.ValidTo })
            .Join(db.Organisations, one => one.role.OrganisationId, o => o.Id, (one, point) => new { one.role, one.ValidTo, point.Path }).ToListAsync(cancellationToken);
        foreach (var one in following)
        {
            var last = one.ValidTo is { } ends && (original.ValidTo is null || ends < original.ValidTo) ? ends : original.ValidTo;
            if (one.role.ValidTo < (last ?? DateOnly.MaxValue) && one.role.ChangePeriod(last, null, SchoolDay.Of(now)) is null)
            {
                db.Publish(one.role.ToAssignmentChanged(), now);
                db.Audit(by, "assignment.changed", one.role, one.Path, now);
            }
        }
    }

    /// <summary>One person's role at the teaching point, for the time that declaration and role share. Who has it there in their own right keeps that one.</summary>
    public static async Task FillInAsync(this IdentityDbContext db, FillIn fillIn, Assignment original, string path, Guid? by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var from = original.ValidFrom > fillIn.ValidFrom ? original.ValidFrom : fillIn.ValidFrom;
        var last = original.ValidTo is { } ends && (fillIn.ValidTo is null || ends < fillIn.ValidTo) ? ends : fillIn.ValidTo;
        if (last < from || await db.RefuseAsync(original.PersonId, original.Role, fillIn.TeachingPointId, from, last, cancellationToken) is not null)
        {
            return;
        }

        var role = Assignment.FillingIn(original, fillIn.TeachingPointId, fillIn.Id, from, last, now, by);
        db.Add(role);
        db.Publish(role.ToAssignmentChanged(), now);
        db.Audit(by, "assignment.created", role, path, now);
    }
}
