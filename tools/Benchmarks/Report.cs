using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Gengdu.Benchmarks.Measures;
using Gengdu.Benchmarks.Load;
using Gengdu.Benchmarks.Machine;
using Spectre.Console;

namespace Gengdu.Benchmarks;

/// <summary>Everything one run measured.</summary>
internal sealed record Report
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public required DateTimeOffset MeasuredAt { get; init; }
    public required MachineDescription Machine { get; init; }
    public required int Schools { get; init; }
    public required int Clients { get; init; }
    public SubmitResult? Submit { get; set; }
    public OpenLoopResult? OpenLoop { get; set; }
    public FreshnessResult? Freshness { get; set; }
    public SignInResult? SignIns { get; set; }

    /// <summary>Resident megabytes of our processes at the end of the run.</summary>
    public IReadOnlyDictionary<string, double> Memory { get; set; } = new Dictionary<string, double>();

    public async Task WriteAsync(string file, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(this, Json), cancellationToken);
    }

    public void Print()
    {
        var table = new Table().Border(TableBorder.Markdown).AddColumns("figure", "measured", "to hold", "p50 / p95 / p99 ms", "foreign / steal cores");
        if (Submit is { } submit)
        {
            AddSubmit(table, submit);
        }

        if (OpenLoop is { } open)
        {
            Add(table, $"submit, {open.Rate}/s for {open.Seconds} s", $"{open.Ours.Rate:F1}/s, {open.Ours.Failed} errors, 0 lost", "0 errors, 0 lost, p99 ≤ 300 ms", open.Ours.Milliseconds, open.OursUse);
            Add(table, "the same, bare pipeline", $"{open.Bare.Rate:F1}/s", "", open.Bare.Milliseconds, open.BareUse);
            Add(table, "p99 / bare", $"{open.P99ToBare:F2}", "≤ 3", null, null);
        }

        if (Freshness is { } freshness)
        {
            Add(table, $"submit → province dashboard at {freshness.Rate}/s", $"{freshness.Seen} of {freshness.Seen} seen", "p50 ≤ 300, p99 ≤ 1500 ms", freshness.Lag, freshness.Use);
            Add(table, "the dashboard itself meanwhile", $"{freshness.Dashboard.Rate:F1}/s", "p95 ≤ 30 ms", freshness.Dashboard.Milliseconds, null);
        }

        if (SignIns is { } signIns)
        {
            Add(table, $"sign-ins, {signIns.Rate}/s", $"{signIns.SignIns.Rate:F1}/s, {signIns.SignIns.Failed} refused", "7/s", signIns.SignIns.Milliseconds, signIns.Use);
            Add(table, "the key set meanwhile", $"{signIns.Keys.Rate:F1}/s, {signIns.Keys.Failed} failed", "p99 ≤ 100 ms", signIns.Keys.Milliseconds, null);
            Add(table, "tokens for a system meanwhile", $"{signIns.Tokens.Rate:F1}/s, {signIns.Tokens.Failed} failed", "p99 ≤ 100 ms", signIns.Tokens.Milliseconds, null);
            Add(table, "reading by signed-in people meanwhile", $"{signIns.Pages.Rate:F1}/s, {signIns.Pages.Failed} failed", "", signIns.Pages.Milliseconds, null);
        }

        Add(table, "memory of the .NET services", $"{Memory.Where(m => m.Key is not ("postgres" or "rabbitmq" or "bench")).Sum(m => m.Value):F0} MB", "≤ 880 MB", null, null);
        AnsiConsole.Profile.Width = 200;
        AnsiConsole.Write(table);
    }

    private static void AddSubmit(Table table, SubmitResult submit)
    {
        var middle = submit.Cycles.OrderBy(c => c.ToBare).ElementAt(submit.Cycles.Count / 2);
        var use = middle.OursUse with { Foreign = Median.Of(submit.Cycles.Select(c => c.OursUse.Foreign)), Steal = Median.Of(submit.Cycles.Select(c => c.OursUse.Steal)) };
        Add(table, $"submit, closed loop, {submit.AnswersEach} answers", $"{Median.Of(submit.Cycles.Select(c => c.Ours.Rate)):F0}/s", "", MedianOf(submit.Cycles.Select(c => c.Ours.Milliseconds)), use);
        Add(table, "bare pipeline", $"{Median.Of(submit.Cycles.Select(c => c.Bare.Rate)):F0}/s", "", MedianOf(submit.Cycles.Select(c => c.Bare.Milliseconds)), middle.BareUse);
        Add(table, "pgbench, one round trip", $"{Median.Of(submit.Cycles.Select(c => c.PgBench.Rate)):F0}/s", "", null, middle.PgBenchUse);
        Add(table, $"ours / bare, median of {submit.Cycles.Count}", $"{submit.ToBare:F2}", "≥ 0.5", null, null);
        Add(table, $"ours / pgbench, median of {submit.Cycles.Count}", $"{submit.ToPgBench:F2}", "≥ 0.2", null, null);
        Add(table, "rows = 2xx = reviews opened from events", $"{submit.Submitted} = {submit.Reviews}", "equal", null, null);
    }

    private static Percentiles MedianOf(IEnumerable<Percentiles> cycles)
    {
        var all = cycles.ToList();
        return new(Median.Of(all.Select(p => p.P50)), Median.Of(all.Select(p => p.P95)), Median.Of(all.Select(p => p.P99)), all.Max(p => p.Max));
    }

    private static void Add(Table table, string figure, string measured, string toHold, Percentiles? times, ProcessorUse? use) => table.AddRow(
        Markup.Escape(figure), Markup.Escape(measured), Markup.Escape(toHold),
        times is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{times.P50:F0} / {times.P95:F0} / {times.P99:F0}"),
        use is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{use.Foreign:F2} / {use.Steal:F2}"));
}
