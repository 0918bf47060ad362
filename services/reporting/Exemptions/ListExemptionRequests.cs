using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.Extensions;
using Gengdu.Reporting.Reports;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.Exemptions;

/// <param name="Mine">true: only those that wait for the caller's answer.</param>
internal sealed record ExemptionRequestFilter(bool? Mine = null);

/// <summary>What was asked and answered in a cycle, for those who see the reports. Those that wait come first, the oldest on top.</summary>
internal static class ListExemptionRequests
{
    public static async Task<Ok<Page<ExemptionRequestResponse>>> HandleAsync(
        Guid id, [AsParameters] ExemptionRequestFilter filter, [AsParameters] PageRequest page, Caller caller, ReportingDbContext db, AuditTrail trail, CancellationToken cancellationToken)
    {
        var visible = db.Reports.VisibleTo(caller).Where(r => r.CycleId == id);
        var requests = db.ExemptionRequests.Where(r => r.CycleId == id && visible.Any(report => report.Id == r.ReportId));
        if (filter.Mine == true)
        {
            var (places, top) = caller.DecidesUnder();
            requests = requests.Under(places, r => r.AskedFrom).Where(r => r.State == RequestState.Waiting && r.AskedBy != caller.PersonId && !top.Contains(r.AskedFrom));
        }

        var total = await requests.CountAsync(cancellationToken);
        var found = await requests.OrderByDescending(r => r.State == RequestState.Waiting).ThenBy(r => r.State == RequestState.Waiting ? r.AskedAt : DateTimeOffset.MaxValue)
            .ThenByDescending(r => r.DecidedAt).ThenBy(r => r.Id).Skip(page.Skip()).Take(page.Size()).ToListAsync(cancellationToken);
        var ids = found.Select(r => r.ReportId).ToArray();
        var reports = await visible.Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, cancellationToken);
        await trail.SawAsync("exemption-request", null, caller.PlaceOf(reports.Values.Select(r => r.OrganisationPath)), found.Count, new { cycleId = id, filter.Mine, page = page.Number() });
        return TypedResults.Ok(new Page<ExemptionRequestResponse>(
            [.. found.Select(one => ExemptionRequestResponse.From(one, reports[one.ReportId], caller.Decides(one.AskedFrom) && one.AskedBy != caller.PersonId))], page.Number(), page.Size(), total));
    }
}
