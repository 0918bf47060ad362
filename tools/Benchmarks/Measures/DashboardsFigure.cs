using Gengdu.Benchmarks.Load;
using Gengdu.Benchmarks.Machine;
using Gengdu.Benchmarks.Setup;
using Npgsql;

namespace Gengdu.Benchmarks.Measures;

/// <param name="Page">What was asked.</param>
/// <param name="Province">At 14,858 schools × 4 cycles.</param>
/// <param name="Nation">At 221,435 schools × 4 cycles.</param>
/// <param name="ProvinceSql">The anchor, straight on Postgres.</param>
/// <param name="ToProvince">p95 of the nation by that of the province: the median of the turns.</param>
/// <param name="ToSql">p50 at the nation by the anchor's.</param>
internal sealed record PageResult(string Page, Percentiles Province, Percentiles Nation, Percentiles ProvinceSql, Percentiles NationSql, double ToProvince, double ToSql);

/// <param name="NationSchools">Of the generated nation.</param>
/// <param name="SchoolRows">Rows of schools' indicators that lie in the tables.</param>
/// <param name="Pages">Each kind of page.</param>
/// <param name="FirstLook">Groups of a whole province that nobody has asked for yet.</param>
/// <param name="FirstNationLook">The same of a nation.</param>
/// <param name="FirstBoxes">Three numbers of a province as boxes that nobody has asked for yet.</param>
/// <param name="FirstNationBoxes">The same of a nation.</param>
/// <param name="Counties">All counties of a province in one answer.</param>
/// <param name="Use">Of the processor while pages were asked for.</param>
internal sealed record DashboardsResult(int NationSchools, long SchoolRows, IReadOnlyList<PageResult> Pages, Percentiles FirstLook, Percentiles FirstNationLook, Percentiles FirstBoxes, Percentiles FirstNationBoxes, Percentiles Counties, ProcessorUse Use);

/// <summary>Every page that dashboards ask for, at a province and at a nation in turn, beside the least SQL that could answer it.</summary>
internal static class DashboardsFigure
{
    private const int Rate = 40, Each = 100;

    public static async Task<DashboardsResult> RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        var (province, nation) = (new Nation(bench.Postgres, NationSize.Province), new Nation(bench.Postgres, NationSize.Nation(bench.Options.Nation)));
        await province.MakeAsync(cancellationToken);
        await nation.MakeAsync(cancellationToken);
        await bench.SettleAsync(cancellationToken);
        var (small, large) = (await PagesOfAsync(bench, province, cancellationToken), await PagesOfAsync(bench, nation, cancellationToken));
        // Each group is counted once, for whoever opens it first; forty a second do not all come first.
        var (first, firstNation) = (await FirstLookAsync(bench, small, DashboardPages.Whole, cancellationToken), await FirstLookAsync(bench, large, DashboardPages.Whole, cancellationToken));
        var (firstBoxes, firstNationBoxes) = (await FirstLookAsync(bench, small, DashboardPages.Boxes, cancellationToken), await FirstLookAsync(bench, large, DashboardPages.Boxes, cancellationToken));
        Console.WriteLine($"  boxes asked for the first time: {firstBoxes.Max:F0} ms at most, of a nation {firstNationBoxes.Max:F0} ms");
        var reading = bench.Processor.Read();
        var pages = new List<PageResult>();
        foreach (var (one, other) in small.All.Zip(large.All))
        {
            pages.Add(await InTurnAsync(bench, one, other, Each, cancellationToken));
            Console.WriteLine($"  {pages[^1].Page}: {pages[^1].Province.P50:F0} / {pages[^1].Province.P95:F0} ms, of a nation {pages[^1].Nation.P50:F0} / {pages[^1].Nation.P95:F0} ms");
        }

        var use = bench.Processor.Since(reading);
        await OneByOneAsync(bench, small.Counties, cancellationToken);
        var counties = await OneByOneAsync(bench, small.Counties, cancellationToken);
        await using var count = bench.Postgres.CreateCommand("select sum(reltuples)::bigint from pg_class where relispartition and relname like 'school\\_indicators\\_%' and relkind = 'r'");
        return new(bench.Options.Nation, (long)(await count.ExecuteScalarAsync(cancellationToken))!, pages, first, firstNation, firstBoxes, firstNationBoxes, counties, use);
    }

    private static async Task<DashboardPages> PagesOfAsync(Bench bench, Nation nation, CancellationToken cancellationToken)
    {
        var root = (await bench.Province.Owner.GetAsync("/api/identity/me", cancellationToken))["assignments"]![0]!["organisation"]!["id"]!.GetValue<Guid>();
        await using var command = bench.Postgres.CreateCommand("select array_agg(distinct indicator) from analytics.node_figures where cycle_id = $1");
        command.Parameters.AddWithValue(nation.CycleIds[0]);
        return new(
            nation.CycleIds, root, await nation.PlacesAsync("city", cancellationToken), await nation.PlacesAsync("county", cancellationToken), await nation.PlacesAsync("school", cancellationToken),
            (string[])(await command.ExecuteScalarAsync(cancellationToken))!);
    }

    /// <summary>Province, nation and their anchors, in turn; a first turn warms up and is not counted.</summary>
    private static async Task<PageResult> InTurnAsync(Bench bench, DashboardPage province, DashboardPage nation, int each, CancellationToken cancellationToken)
    {
        var (turns, ratios) = (new List<Percentiles>[] { [], [], [], [] }, new List<double>());
        for (var turn = 0; turn <= bench.Options.Cycles; turn++)
        {
            // The same questions in each turn: what was counted once is kept, as it is when a page is opened by many.
            var (ours, theirs) = (await AskAsync(bench, province, each, cancellationToken), await AskAsync(bench, nation, each, cancellationToken));
            var (oursSql, theirsSql) = (await QueryAsync(bench.Postgres, province, each / 10, cancellationToken), await QueryAsync(bench.Postgres, nation, each / 10, cancellationToken));
            if (turn == 0)
            {
                continue;
            }

            foreach (var (list, times) in turns.Zip([ours, theirs, oursSql, theirsSql]))
            {
                list.Add(times);
            }

            ratios.Add(theirs.P95 / ours.P95);
        }

        var medians = turns.Select(times => new Percentiles(Median.Of(times.Select(t => t.P50)), Median.Of(times.Select(t => t.P95)), Median.Of(times.Select(t => t.P99)), times.Max(t => t.Max))).ToArray();
        return new(province.Name, medians[0], medians[1], medians[2], medians[3], Math.Round(Median.Of(ratios), 2), Math.Round(medians[1].P50 / medians[3].P50, 2));
    }

    private static async Task<Percentiles> AskAsync(Bench bench, DashboardPage page, int each, CancellationToken cancellationToken)
    {
        using var open = new OpenLoop(bench.Options.Address, Rate);
        await open.RunAsync(
            [.. Enumerable.Range(0, each).Select(n => Request.Get(bench.Options.Address, $"/api/analytics/{page.Address(n)}", ("Cookie", bench.Province.Owner.CookieHeader)))], null, cancellationToken);
        return open.Outcome.Failed == 0 ? open.Outcome.Milliseconds : throw new InvalidOperationException($"{page.Name}: {open.Outcome.Failed} failed {open.Outcome.FirstFault}");
    }

    private static async Task<Percentiles> QueryAsync(NpgsqlDataSource postgres, DashboardPage page, int each, CancellationToken cancellationToken)
    {
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        await WholeProvince.DoAsync(connection, "set jit = off", cancellationToken);
        var times = new List<double>();
        for (var n = 0; n < each; n++)
        {
            var started = TimeProvider.System.GetTimestamp();
            await using (var command = new NpgsqlCommand(page.Sql(n), connection) { CommandTimeout = 120 })
            {
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                do
                {
                    while (await reader.ReadAsync(cancellationToken))
                    {
                        // Every row comes over.
                    }
                }
                while (await reader.NextResultAsync(cancellationToken));
            }

            times.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
        }

        return Percentiles.Of(times);
    }

    private static Task<Percentiles> FirstLookAsync(Bench bench, DashboardPages pages, string name, CancellationToken cancellationToken) =>
        OneByOneAsync(bench, pages.All.Single(page => page.Name == name), cancellationToken);

    private static async Task<Percentiles> OneByOneAsync(Bench bench, DashboardPage page, CancellationToken cancellationToken)
    {
        using var connection = new HttpConnection(bench.Options.Address);
        var times = new List<double>();
        for (var n = 0; n < DashboardPages.Asked; n++)
        {
            var request = Request.Get(bench.Options.Address, $"/api/analytics/{page.Address(n)}", ("Cookie", bench.Province.Owner.CookieHeader));
            var sent = TimeProvider.System.GetTimestamp();
            var answer = await connection.SendAsync(request, cancellationToken);
            times.Add(answer.Succeeded ? TimeProvider.System.GetElapsedTime(sent).TotalMilliseconds : throw new InvalidOperationException($"{page.Name}: {answer.Status}"));
        }

        return Percentiles.Of(times);
    }
}
