using Gengdu.Organisations;
using Gengdu.Reporting.Cycles;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.ModuleReports;
using Gengdu.Reporting.Outages;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.Reports;

internal sealed record ReportOrganisation(Guid Id, string Code, string NameZh, string NameEn, string Path);

/// <summary>Errors, warnings, unexplained and completion of an unfinished module are the organisation's own: null for callers above it.</summary>
internal sealed record ReportModule(
    Guid Id, string Key, ModuleReportState State, int Revision, long Version, int? Errors, int? Warnings, int? Unexplained, double? Completion,
    DateTimeOffset? UpdatedAt, DateTimeOffset? SubmittedAt, bool? OnTime);

/// <summary>
/// EndsAt is when the lock falls for what was not returned: grace, extension and the time given for an outage counted. Timeliness is
/// another matter: whether all modules were first signed by the deadline.
/// </summary>
internal sealed record ReportResponse(
    Guid Id, Guid CycleId, ReportOrganisation Organisation, string Level, ReportState State, DateTimeOffset DueAt, DateTimeOffset? ExtendedUntil, IReadOnlyList<ReportModule> Modules,
    DateTimeOffset EndsAt, Timeliness Timeliness, DateTimeOffset? ExemptedAt)
{
    /// <summary>Three queries for a whole page: the modules of all its reports, the cycles' deadlines, and when the service was away.</summary>
    public static async Task<IReadOnlyList<ReportResponse>> OfAsync(IReadOnlyList<Report> reports, Caller caller, ReportingDbContext db, CancellationToken cancellationToken)
    {
        var (ids, cycleIds) = (reports.Select(r => r.Id).ToArray(), reports.Select(r => r.CycleId).Distinct().ToArray());
        var cycles = await db.Cycles.Where(c => cycleIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellationToken);
        var since = cycles.Values.Select(c => c.OpensAt).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
        var outages = await db.Outages.Where(o => o.EndedAt >= since).ToListAsync(cancellationToken);
        var modules = (await db.ModuleReports.Where(m => ids.Contains(m.ReportId))
            .Select(m => new
            {
                m.ReportId,
                Module = new ReportModule(m.Id, m.ModuleKey, m.State, m.Revision, m.Version, m.Errors, m.Warnings, m.Unexplained, m.Completion, m.SavedAt, m.SubmittedAt, m.OnTime),
            })
            .ToListAsync(cancellationToken)).ToLookup(m => m.ReportId, m => m.Module);
        return [.. reports.Select(r => Of(r, cycles[r.CycleId], modules[r.Id], outages, caller))];
    }

    private static ReportResponse Of(Report report, Cycle cycle, IEnumerable<ReportModule> modules, IReadOnlyList<Outage> outages, Caller caller)
    {
        var isOwn = caller.Owns(report.OrganisationId);
        var ordered = modules.OrderBy(m => Array.IndexOf(report.ModuleKeys, m.Key))
            .Select(m => isOwn || IsSubmitted(m.State) ? m : m with { Errors = null, Warnings = null, Unexplained = null, Completion = null }).ToList();
        var window = new CollectionWindow(cycle.State, cycle.OpensAt, cycle.DeadlineOf(report.Level), TimeSpan.FromMinutes(cycle.GraceMinutes), report.ExtendedUntil)
        {
            Outages = [.. outages.Where(o => o.EndedAt >= cycle.OpensAt)],
        };
        return new(
            report.Id, report.CycleId, new(report.OrganisationId, report.Code, report.NameZh, report.NameEn, report.OrganisationPath), report.Level,
            report.ExemptedAt is null ? ReportStates.Of([.. ordered.Select(m => m.State)]) : ReportState.Exempt, cycle.DeadlineOf(report.Level), report.ExtendedUntil, ordered,
            window.EndsAt(null), Timelinesses.Of([.. ordered.Select(m => m.OnTime)]), report.ExemptedAt);
    }

    private static bool IsSubmitted(ModuleReportState state) => state is ModuleReportState.Submitted or ModuleReportState.Approved or ModuleReportState.Accepted;
}
