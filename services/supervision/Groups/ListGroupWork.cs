using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Groups;

/// <summary>What waits for the caller as a member of reviewer groups; nothing for who is in none.</summary>
/// <param name="Member">Whether some group lets the caller review anything now.</param>
/// <param name="Total">Reports.</param>
/// <param name="Reports">Those waiting longest first, at most 200.</param>
public sealed record GroupWorkResponse(bool Member, int Total, IReadOnlyList<GroupReport> Reports);

/// <param name="Step">At which step it waits.</param>
/// <param name="ModuleKeys">Those that the groups are for.</param>
/// <param name="Since">Since when the oldest waits there.</param>
public sealed record GroupReport(Guid ReportId, Guid CycleId, ReviewLevel Step, ReviewOrganisation Organisation, IReadOnlyList<string> ModuleKeys, DateTimeOffset Since);

internal static class ListGroupWork
{
    private const int Shown = 200;
    private const int Read = 5_000;

    public static async Task<Ok<GroupWorkResponse>> HandleAsync(Caller caller, SupervisionDbContext db, AuditTrail trail, CancellationToken cancellationToken)
    {
        var rights = GroupWork.RightsOf(caller);
        if (rights.Count == 0)
        {
            return TypedResults.Ok(new GroupWorkResponse(false, 0, []));
        }

        var found = await (from r in db.ForGroupsOf(caller)
                           join o in db.Organisations on r.OrganisationId equals o.Id into named
                           from o in named.DefaultIfEmpty()
                           orderby r.WaitingSince, r.Id
                           select new { r.ReportId, r.CycleId, r.State, r.ModuleKey, r.WaitingSince, r.OrganisationId, r.OrganisationPath, o!.Code, o.NameZh, o.NameEn }).Take(Read).ToListAsync(cancellationToken);
        var reports = found.GroupBy(r => (r.ReportId, r.State)).Select(same => new GroupReport(
            same.Key.ReportId, same.First().CycleId, ReviewTransitions.Step(same.Key.State)!.At,
            new(same.First().OrganisationId, same.First().Code, same.First().NameZh, same.First().NameEn, same.First().OrganisationPath), [.. same.Select(r => r.ModuleKey).Order(StringComparer.Ordinal)], same.Min(r => r.WaitingSince))).ToList();
        await trail.SawAsync("queue", null, caller.PlaceOf(rights.Select(right => right.Path)), reports.Count, new { group = true });
        return TypedResults.Ok(new GroupWorkResponse(true, reports.Count, [.. reports.Take(Shown)]));
    }
}
