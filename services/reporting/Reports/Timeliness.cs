using Gengdu.Reporting.ModuleReports;

namespace Gengdu.Reporting.Reports;

/// <summary>By the first signatures and the deadline alone: what extension, grace and return allowed later does not count.</summary>
internal enum Timeliness
{
    /// <summary>Something was never signed.</summary>
    None,

    /// <summary>All was signed once, by the deadline.</summary>
    OnTime,

    /// <summary>All was signed once, something of it after the deadline.</summary>
    Late,
}

internal static class Timelinesses
{
    public static Timeliness Of(IReadOnlyCollection<bool?> modules) =>
        modules.Contains(null) ? Timeliness.None : modules.Contains(false) ? Timeliness.Late : Timeliness.OnTime;

    public static Timeliness? Parse(string word) => word switch
    {
        "none" => Timeliness.None,
        "on-time" => Timeliness.OnTime,
        "late" => Timeliness.Late,
        _ => null,
    };

    /// <summary>The same as a filter inside the query.</summary>
    public static IQueryable<Report> Being(this IQueryable<Report> reports, IQueryable<ModuleReport> modules, Timeliness timeliness) => timeliness switch
    {
        Timeliness.None => reports.Where(r => modules.Any(m => m.ReportId == r.Id && m.OnTime == null)),
        Timeliness.Late => reports.Where(r => !modules.Any(m => m.ReportId == r.Id && m.OnTime == null) && modules.Any(m => m.ReportId == r.Id && m.OnTime == false)),
        _ => reports.Where(r => !modules.Any(m => m.ReportId == r.Id && m.OnTime != true)),
    };
}
