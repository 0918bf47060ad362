using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Dispatches;

/// <summary>Who sends a county up, and who answers.</summary>
internal static class DispatchRights
{
    public static Problem? RefuseSending(Caller caller, Organisation county) =>
        !caller.MayActAs(county.Path, ReviewRoles.Reviewers) ? GeneralProblems.Forbidden
        : !county.LevelRoles.Contains("county") || !caller.Rights.Any(right => right.Role == Roles.CountyReviewer && right.OrganisationId == county.Id) ? ReviewProblems.NotYourStep(ReviewLevel.County)
        : null;

    /// <summary>The nearest city above the county; at Dingzhou and Xinji it is the same node.</summary>
    public static Problem? RefuseDeciding(Caller caller, string county, ReviewLine line) =>
        !caller.MayActAs(county, ReviewRoles.Reviewers) ? GeneralProblems.Forbidden
        : line.City is not { } city ? ReviewProblems.NobodyThere(ReviewLevel.City)
        : caller.Rights.Any(right => right.Role == Roles.CitySupervisor && right.Path == city) ? null
        : ReviewProblems.NotYourStep(ReviewLevel.City);

    /// <summary>Within the caller's sight: 404 outside, 403 inside without a reviewing role.</summary>
    public static async Task<(Dispatch? Dispatch, Problem? Problem)> FindDispatchAsync(this SupervisionDbContext db, Caller caller, Guid id, CancellationToken cancellationToken)
    {
        var dispatch = await db.Set<Dispatch>().Include(d => d.Gaps).VisibleTo(caller, d => d.OrganisationPath).FirstOrDefaultAsync(d => d.Id == id, cancellationToken);
        return dispatch is null ? (null, GeneralProblems.NotFound)
            : caller.MayActAs(dispatch.OrganisationPath, ReviewRoles.Reviewers) ? (dispatch, null)
            : (null, GeneralProblems.Forbidden);
    }

    public static Task<Dispatch?> LatestAsync(this SupervisionDbContext db, Guid cycleId, Guid county, CancellationToken cancellationToken) =>
        db.Set<Dispatch>().Include(d => d.Gaps).Where(d => d.CycleId == cycleId && d.OrganisationId == county).OrderByDescending(d => d.Round).FirstOrDefaultAsync(cancellationToken);

    /// <summary>One act at a time on one county's sending up.</summary>
    public static Task HoldCountyAsync(this SupervisionDbContext db, Guid cycleId, Guid county, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({$"dispatch {cycleId} {county}"}, 0))", cancellationToken);
}
