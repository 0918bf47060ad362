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
    public DeadlineRoomResult? DeadlineRoom { get; set; }

    public FreshnessResult? Freshness { get; set; }
    public BurstResult? Burst { get; set; }
    public BacklogResult? Backlog { get; set; }
    public OpenPagesResult? OpenPages { get; set; }
    public SignInResult? SignIns { get; set; }
    public AutosaveResult? Autosave { get; set; }
    public PhoneResult? Phone { get; set; }
    public PagesResult? Pages { get; set; }
    public RebuildResult? Rebuild { get; set; }
    public ReviewResult? Review { get; set; }
    public DashboardsResult? Dashboards { get; set; }
    public ExportsResult? Exports { get; set; }

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

        if (DeadlineRoom is { } room)
        {
            Add(table, $"submit → deadline room of {room.Schools} schools at {room.Rate}/s, {room.Pages} pages", $"{room.Seen} of {room.Seen} seen", "≤ 5000 ms", room.Lag, room.Use);
        }

        FlowRows.Add(this, (figure, measured, toHold, times, use) => Add(table, figure, measured, toHold, times, use));

        if (SignIns is { } signIns)
        {
            Add(table, $"sign-ins, {signIns.Rate}/s", $"{signIns.SignIns.Rate:F1}/s, {signIns.SignIns.Failed} refused", "7/s", signIns.SignIns.Milliseconds, signIns.Use);
            Add(table, "the key set meanwhile", $"{signIns.Keys.Rate:F1}/s, {signIns.Keys.Failed} failed", "p99 ≤ 100 ms", signIns.Keys.Milliseconds, null);
            Add(table, "tokens for a system meanwhile", $"{signIns.Tokens.Rate:F1}/s, {signIns.Tokens.Failed} failed", "p99 ≤ 100 ms", signIns.Tokens.Milliseconds, null);
            Add(table, "reading by signed-in people meanwhile", $"{signIns.Pages.Rate:F1}/s, {signIns.Pages.Failed} failed", "", signIns.Pages.Milliseconds, null);
        }

        if (Autosave is { } autosave)
        {
            Add(table, $"autosave, {autosave.CellsEach} cells a batch", $"{autosave.CellsPerSecond:F0} cells/s, {autosave.Checked} cells as sent last", "3000 cells/s, p95 ≤ 300 ms", autosave.Saves.Milliseconds, autosave.Use);
            Add(table, "opening a form meanwhile", $"{autosave.Openings.Rate:F1}/s", "p95 ≤ 300 ms", autosave.Openings.Milliseconds, null);
        }

        if (Phone is { } phone)
        {
            Add(table, "a module on a phone, first visit, until it takes typing", $"{phone.Kilobytes:F0} KB", "≤ 2000 ms, ≤ 300 KB", phone.FirstOutside, null);
            Add(table, "the same, by the browser's own clock", "", "", phone.First, null);
            Add(table, "second visit", "", "", phone.AgainOutside, null);
            Add(table, "the same, by the browser's own clock", "", "", phone.Again, null);
            Add(table, $"a keystroke in a form of {phone.Typing.Cells} cells", "", "≤ 50 ms", phone.Typing.Keystrokes, null);
        }

        if (Pages is { } pages)
        {
            var (page, empty) = (pages.Page, pages.Empty);
            Add(table, $"the province's page of {pages.Schools} schools, first visit", $"{pages.Kilobytes:F0} KB", "≤ 2000 ms", page.First, null);
            Add(table, "second visit, 1.5 s after the first", "", "≤ 500 ms", page.Second, null);
            Add(table, "third visit, the app's worker is there", "", "≤ 500 ms", page.Third, null);
            Add(table, "fourth visit, in a browser started anew", "", "≤ 500 ms", page.Fourth, null);
            Add(table, "fifth visit", $"{pages.CompiledKilobytes:F0} KB compiled", "≤ 500 ms", page.Fifth, null);
            Add(table, "an empty page of the same app, first visit", $"the page is {page.First.P50 / empty.First.P50:F2} of it", "", empty.First, null);
            Add(table, "second visit", $"the page is {page.Second.P50 / empty.Second.P50:F2} of it", "", empty.Second, null);
            Add(table, "after the page's third", $"the page is {page.Third.P50 / empty.Third.P50:F2} of it", "", empty.Third, null);
            Add(table, "in a browser started anew", $"the page is {page.Fourth.P50 / empty.Fourth.P50:F2} of it", "", empty.Fourth, null);
            Add(table, "between the page's fourth and fifth", $"the page is {page.Fifth.P50 / empty.Fifth.P50:F2} of it", "", empty.Fifth, null);
            Add(table, "from a city on the map to its whole page", "", "≤ 300 ms", pages.Drill, null);
            Add(table, "from a receipt to the open page that shows it", "", "≤ 2000 ms", pages.Change, null);
        }

        if (Review is { } review)
        {
            Add(table, $"catch-up of {review.Events} submissions, {review.Arrivals} more meanwhile", $"{review.CatchUpSeconds:F0} s, {review.CatchUpRate:F0}/s, {review.ToArrivals:F0} × the arrivals", "≤ 600 s, ≥ 5 ×", null, review.CatchUpUse);
            Add(table, $"queue of {review.Reports} reports opened by the province", "", "≤ 200 ms", review.Queue, review.LookUse);
            Add(table, "the same, narrowed or ordered", "", "≤ 200 ms", review.Narrowed, null);
            Add(table, "what waits from each of its cities, one answer", "", "≤ 200 ms", review.Places, null);
            Add(table, "the board of the same", "", "", review.Board, null);
            Add(table, $"bulk approval of {review.Approved} modules", $"{review.ApprovalSeconds:F2} s, {review.AuditEntries} audit entries", "≤ 5 s, one each", null, null);
        }

        if (Dashboards is { } dashboards)
        {
            AddDashboards(table, dashboards);
        }

        if (Exports is { } exports)
        {
            var middle = exports.Cycles.OrderBy(c => c.CellsPerSecond).ElementAt(exports.Cycles.Count / 2);
            Add(table, $"all values of a cycle as CSV: {middle.Cells} cells, {middle.Megabytes:F0} MB, made and fetched", $"{exports.CellsPerSecond:F0} cells/s, {exports.ToCopy:F2} of COPY", "≥ 200,000 cells/s", null, middle.Use);
            Add(table, "analytics' memory meanwhile", $"+{exports.Grown:F0} MB at most", "flat", null, null);
            Add(table, "the province's bulletin as PDF", "", "≤ 3000 ms", exports.Bulletins, null);
        }

        Add(table, "memory of the .NET services", $"{Memory.Where(m => m.Key is not ("postgres" or "rabbitmq" or "bench")).Sum(m => m.Value):F0} MB", "≤ 880 MB", null, null);
        AnsiConsole.Profile.Width = 200;
        AnsiConsole.Write(table);
    }

    private static void AddDashboards(Table table, DashboardsResult dashboards)
    {
        foreach (var page in dashboards.Pages)
        {
            Add(table, $"{page.Page}, 14,858 schools × 4 cycles", $"SQL alone {page.ProvinceSql.P50:F1} ms", "p95 ≤ 30 ms", page.Province, null);
            Add(table, $"the same, {dashboards.NationSchools:N0} schools × 4", $"{page.ToProvince:F2} of the province's p95; SQL alone {page.NationSql.P50:F1} ms", "≤ 1.3", page.Nation, null);
        }

        Add(table, "groups of the whole province, asked for the first time", "", "", dashboards.FirstLook, dashboards.Use);
        Add(table, "groups of the whole nation, asked for the first time", $"{dashboards.SchoolRows} rows of schools", "", dashboards.FirstNationLook, null);
        Add(table, $"{DashboardPages.Boxes}, asked for the first time", "", "", dashboards.FirstBoxes, null);
        Add(table, "the same of the nation", "", "", dashboards.FirstNationBoxes, null);
        Add(table, "all counties of the province, one indicator", "", "p95 ≤ 30 ms", dashboards.Counties, null);
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
        Add(table, $"{RulesFigure.Count} rules of one module, evaluated once on the server", "", "≤ 50 ms", submit.ThousandRules, null);
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
