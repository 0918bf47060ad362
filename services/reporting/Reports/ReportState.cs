using Gengdu.Reporting.ModuleReports;

namespace Gengdu.Reporting.Reports;

internal enum ReportState
{
    NotStarted,
    InProgress,
    Submitted,
    Returned,
    Approved,
    Accepted,

    /// <summary>Nothing is due any more, whatever its modules were.</summary>
    Exempt,
}

/// <summary>A report is as far as its least advanced module; one returned module makes it returned.</summary>
internal static class ReportStates
{
    public static ReportState Of(IReadOnlyCollection<ModuleReportState> modules) =>
        modules.Contains(ModuleReportState.Returned) ? ReportState.Returned
        : modules.All(m => m == ModuleReportState.NotStarted) ? ReportState.NotStarted
        : modules.All(m => m == ModuleReportState.Accepted) ? ReportState.Accepted
        : modules.All(m => m is ModuleReportState.Approved or ModuleReportState.Accepted) ? ReportState.Approved
        : modules.All(m => m is ModuleReportState.Submitted or ModuleReportState.Approved or ModuleReportState.Accepted) ? ReportState.Submitted
        : ReportState.InProgress;

    /// <summary>The same as a filter inside the query.</summary>
    public static IQueryable<Report> InState(this IQueryable<Report> reports, IQueryable<ModuleReport> modules, ReportState state) => state == ReportState.Exempt ? reports.Where(r => r.ExemptedAt != null) : reports.Where(r => r.ExemptedAt == null).InModuleState(modules, state);

    private static IQueryable<Report> InModuleState(this IQueryable<Report> reports, IQueryable<ModuleReport> modules, ReportState state) => state switch
    {
        ReportState.Returned => reports.Where(r => modules.Any(m => m.ReportId == r.Id && m.State == ModuleReportState.Returned)),
        ReportState.NotStarted => reports.Where(r => modules.Where(m => m.ReportId == r.Id).All(m => m.State == ModuleReportState.NotStarted)),
        ReportState.Accepted => reports.Where(r => modules.Where(m => m.ReportId == r.Id).All(m => m.State == ModuleReportState.Accepted)),
        ReportState.Approved => reports.Where(r => modules.Where(m => m.ReportId == r.Id).All(m => m.State == ModuleReportState.Approved || m.State == ModuleReportState.Accepted)
            && modules.Any(m => m.ReportId == r.Id && m.State == ModuleReportState.Approved)),
        ReportState.Submitted => reports.Where(r => modules.Where(m => m.ReportId == r.Id)
                .All(m => m.State == ModuleReportState.Submitted || m.State == ModuleReportState.Approved || m.State == ModuleReportState.Accepted)
            && modules.Any(m => m.ReportId == r.Id && m.State == ModuleReportState.Submitted)),
        _ => reports.Where(r => !modules.Any(m => m.ReportId == r.Id && m.State == ModuleReportState.Returned)
            && modules.Any(m => m.ReportId == r.Id && m.State != ModuleReportState.NotStarted)
            && modules.Any(m => m.ReportId == r.Id
                && (m.State == ModuleReportState.NotStarted || m.State == ModuleReportState.Draft || m.State == ModuleReportState.Complete))),
    };
}
