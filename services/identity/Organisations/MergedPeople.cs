using Gengdu.Audit;
using Gengdu.Identity.Assignments;
using Gengdu.Identity.Data;
using Gengdu.Identity.FillIns;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Organisations;

/// <summary>
/// Gives the people of merged organisations their roles at the survivor too. Only what an administrator may give: working
/// roles and administrators, and nothing to the one who merges. What was delegated, or filled in for, stays where it was.
/// </summary>
internal static class MergedPeople
{
    private static readonly string[] Follow = [Roles.Reporter, Roles.Approver, Roles.CountyReviewer, Roles.CitySupervisor, Roles.Administrator];

    public static async Task FollowAsync(Organisation survivor, IReadOnlyList<Organisation> absorbed, IdentityDbContext db, TreeChange change, CancellationToken cancellationToken)
    {
        var places = absorbed.Select(o => o.Id).ToList();
        var today = SchoolDay.Of(change.RecordedAt);
        var following = db.Assignments.AsNoTracking().Where(a =>
            places.Contains(a.OrganisationId) && !a.Removed && (a.ValidTo == null || a.ValidTo >= today) && Follow.Contains(a.Role) && a.PersonId != change.RecordedBy && a.DelegatedFrom == null && a.FillsInFrom == null);
        // Nobody's other roles may change between the look and the gift.
        await db.LockPeopleAsync(await following.Select(a => a.PersonId).Distinct().ToArrayAsync(cancellationToken), cancellationToken);
        // Who had it at two of them gets the one that lasts longer.
        var theirs = await following.OrderBy(a => a.ValidTo != null).ThenByDescending(a => a.ValidTo).ThenBy(a => a.Id).ToListAsync(cancellationToken);
        var (given, begun) = (new HashSet<(Guid Person, string Role)>(), new List<Assignment>());
        foreach (var one in theirs.Where(one => AssignmentRules.Fits(one.Role, survivor.LevelRoles) && !given.Contains((one.PersonId, one.Role))))
        {
            var from = change.EffectiveOn > one.ValidFrom ? change.EffectiveOn : one.ValidFrom;
            if (one.ValidTo < from || await db.RefuseAsync(one.PersonId, one.Role, survivor.Id, from, one.ValidTo, cancellationToken) is not null)
            {
                // Has it there already, or must not have it beside another: as when it were given by hand.
                continue;
            }

            given.Add((one.PersonId, one.Role));
            var assignment = Assignment.Create(one.PersonId, one.Role, survivor.Id, from, one.ValidTo, change.RecordedAt, change.RecordedBy, change.Reason);
            db.Add(assignment);
            db.Audit(AuditAct.By(change.RecordedBy, "assignment.created", assignment.Id, survivor.Path, new { one.Role, one.PersonId, MergedFrom = one.OrganisationId }) with { OrganisationId = survivor.Id }, change.RecordedAt);
            db.Publish(assignment.ToAssignmentChanged(), change.RecordedAt);
            begun.Add(assignment);
        }

        await db.JoinFillInsAsync(begun, change.RecordedBy, change.RecordedAt, cancellationToken);
    }
}
