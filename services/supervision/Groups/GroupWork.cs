using Gengdu.Organisations;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Groups;

/// <summary>What waits for somebody as a member of reviewer groups: one rule for the list and for the morning's digest.</summary>
internal static class GroupWork
{
    /// <summary>Reviews at a step that a group gives the caller, and of the group's modules; none for who is in no group.</summary>
    public static IQueryable<Review> ForGroupsOf(this SupervisionDbContext db, Caller caller)
    {
        var ids = db.Reviews.AsNoTracking().Where(_ => false).Select(r => r.Id);
        foreach (var right in RightsOf(caller))
        {
            var (keys, states) = (right.Modules.ToArray(), right.LevelRoles.Select(level => ReviewTransitions.Pass(ReviewKeys.Level(level)).From).ToArray());
            ids = ids.Union(db.Reviews.Under(right.Path, r => r.OrganisationPath).Where(r => states.Contains(r.State) && (keys.Length == 0 || keys.Contains(r.ModuleKey))).Select(r => r.Id));
        }

        // Nobody passes on what they signed, and of who is exempt nothing is asked.
        return db.Reviews.AsNoTracking().Where(r => ids.Contains(r.Id) && r.SubmittedBy != caller.PersonId && !db.Roster.Any(x => x.ReportId == r.ReportId && x.ExemptAt != null));
    }

    public static IReadOnlyList<Right> RightsOf(Caller caller) => [.. caller.Rights.Where(right => right.Role == Roles.GroupReviewer)];
}
