using Gengdu.Organisations;
using Gengdu.Reporting.Cycles;
using Gengdu.Reporting.Data;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.DeadlineRoom;

/// <summary>Whose deadline is looked at, and whether this person may: reviewers of a county, a city, the province, for their own subtree.</summary>
internal sealed record RoomPlace(Cycle Cycle, Guid OrganisationId, string Path)
{
    public static async Task<(RoomPlace? Place, Problem? Problem)> FindAsync(Guid cycleId, Guid? organisationId, Caller caller, ReportingDbContext db, CancellationToken cancellationToken)
    {
        var cycle = await db.Cycles.VisibleTo(caller).SingleOrDefaultAsync(c => c.Id == cycleId, cancellationToken);
        var at = organisationId ?? caller.Rights.Where(right => Leads(right.Role)).OrderBy(right => right.Path.Length).Select(right => (Guid?)right.OrganisationId).FirstOrDefault();
        if (at is null)
        {
            return (null, GeneralProblems.Forbidden);
        }

        var path = await db.Organisations.Where(o => o.Id == at).Select(o => o.Path).SingleOrDefaultAsync(cancellationToken);
        return cycle is null || path is null || !caller.Sees(path) ? (null, GeneralProblems.NotFound)
            : !IsOpenTo(caller, path) ? (null, GeneralProblems.Forbidden)
            : cycle.State == CycleState.Planned ? (null, CycleProblems.NotOpen)
            : (new(cycle, at.Value, path), null);
    }

    public static bool IsOpenTo(Caller caller, string path) => caller.MayActAs(path, Roles.CountyReviewer, Roles.CitySupervisor, Roles.ProvinceOwner);

    private static bool Leads(string role) => role is Roles.CountyReviewer or Roles.CitySupervisor or Roles.ProvinceOwner;
}
