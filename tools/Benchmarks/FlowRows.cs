using Gengdu.Benchmarks.Load;
using Gengdu.Benchmarks.Machine;
using Gengdu.Benchmarks.Measures;

namespace Gengdu.Benchmarks;

/// <summary>The lines of the table about figures on their way from a submission to a page.</summary>
internal static class FlowRows
{
    public delegate void AddRow(string figure, string measured, string toHold, Percentiles? times, ProcessorUse? use);

    public static void Add(Report report, AddRow add)
    {
        if (report.Freshness is { } freshness)
        {
            add($"submit → province dashboard at {freshness.Rate}/s", $"{freshness.Seen} of {freshness.Seen} seen", "p50 ≤ 300, p99 ≤ 1500 ms", freshness.Lag, freshness.Use);
            add("the same, bare pipeline and bare dashboard", "", "", freshness.Bare, null);
            add("ours / bare, p50 and p99", $"{freshness.Lag.P50 / freshness.Bare.P50:F1} and {freshness.Lag.P99 / freshness.Bare.P99:F1}", "≤ 10 and ≤ 15", null, null);
            add("the dashboard itself meanwhile", "", "p95 ≤ 30 ms", freshness.Dashboard.Milliseconds, null);
        }

        if (report.Burst is { } burst)
        {
            AddBurst(burst, add);
        }

        if (report.Backlog is { } backlog)
        {
            var last = backlog.Cycles[^1];
            add($"counted a second beside an intake of {backlog.Intake}/s, from {last.Ours.Behind} behind until up to date", $"{backlog.Rate:F0}/s", "≥ 400/s", null, last.OursUse);
            add("the same, bare pipeline", $"{Median.Of(backlog.Cycles.Select(c => c.Bare.Rate)):F0}/s, ours / bare {backlog.ToBare:F2}", "", null, last.BareUse);
            add("accepting meanwhile", "", "", last.Accepted, null);
        }

        if (report.OpenPages is { } pages)
        {
            var middle = pages.Cycles[pages.Cycles.Count / 2];
            add("submit, closed loop, nobody looks", $"{Median.Of(pages.Cycles.Select(c => c.Alone.Rate)):F0}/s", "", middle.Alone.Milliseconds, middle.AloneUse);
            add($"the same beside {pages.Pages} open dashboards", $"{Median.Of(pages.Cycles.Select(c => c.Watched.Rate)):F0}/s", "", middle.Watched.Milliseconds, middle.WatchedUse);
            add($"watched / alone, median of {pages.Cycles.Count}", $"{pages.WatchedToAlone:F2}", "≥ 0.9", null, null);
        }

        if (report.Rebuild is { } rebuild)
        {
            add($"rebuild of {rebuild.ModuleReports} module reports, all {rebuild.Figures} figures missing", $"{rebuild.AllSeconds:F1} s, {Median.Of(rebuild.Cycles.Select(c => c.SwapSeconds)):F1} s of them behind the lock", "≤ 60 s", null, rebuild.Cycles[^1].AllUse);
            add("the same, nothing differs (as every night)", $"{Median.Of(rebuild.Cycles.Select(c => c.SameSeconds)):F1} s", "", null, null);
            add($"plain SQL: their {rebuild.Answers} answers flattened into a keyed table", $"{rebuild.SqlSeconds:F1} s", "", null, rebuild.Cycles[^1].SqlUse);
            add($"ours / plain SQL, answers a second, median of {rebuild.Cycles.Count}", $"{rebuild.ToSql:F2}", "≥ 0.5", null, null);
        }
    }

    private static void AddBurst(BurstResult burst, AddRow add)
    {
        var last = burst.Cycles[^1];
        add($"{burst.Submissions} submissions as fast as they are accepted", $"accepted {Of(c => c.Ours.AcceptedSeconds)} s, on the dashboard {Of(c => c.Ours.WholeSeconds)} s after the first", "", null, last.OursUse);
        add("counted a second beside that intake", $"{burst.CountedRate:F0}/s", "≥ 400/s", null, null);
        add("the same, bare pipeline", $"accepted {Of(c => c.Bare.AcceptedSeconds)} s, on the dashboard {Of(c => c.Bare.WholeSeconds)} s after the first", "", null, last.BareUse);
        add($"ours / bare until whole, median of {burst.Cycles.Count}: from the first request, from the last receipt", $"{burst.WholeToBare:F2}, {burst.DrainToBare:F2}", "≤ 2", null, null);

        string Of(Func<BurstCycle, double> seconds) => Median.Of(burst.Cycles.Select(seconds)).ToString("F1", System.Globalization.CultureInfo.InvariantCulture);
    }
}
