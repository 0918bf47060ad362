using System.Text.Json.Nodes;
using Gengdu.Benchmarks.Machine;
using Gengdu.Benchmarks.Setup;
using Npgsql;

namespace Gengdu.Benchmarks.Measures;

/// <param name="AllSeconds">Every figure missing: counted, set aside, put in place.</param>
/// <param name="SwapSeconds">Of these, how long events of the cycle would have waited.</param>
/// <param name="AllUse">Of the processor meanwhile.</param>
/// <param name="SameSeconds">Every figure right, as every night: counted and compared.</param>
/// <param name="SqlSeconds">The anchor: the same answers flattened into a keyed table by INSERT … SELECT.</param>
/// <param name="SqlUse">Of the processor meanwhile.</param>
internal sealed record RebuildCycle(double AllSeconds, double SwapSeconds, ProcessorUse AllUse, double SameSeconds, double SqlSeconds, ProcessorUse SqlUse);

/// <param name="ModuleReports">Of the cycle.</param>
/// <param name="Answers">In them: what the anchor writes a row for.</param>
/// <param name="Figures">That ours counts from them.</param>
/// <param name="Cycles">Ours and the anchor, in turn.</param>
internal sealed record RebuildResult(int ModuleReports, long Answers, int Figures, IReadOnlyList<RebuildCycle> Cycles)
{
    public double AllSeconds => Median.Of(Cycles.Select(c => c.AllSeconds));

    public double SqlSeconds => Median.Of(Cycles.Select(c => c.SqlSeconds));

    /// <summary>Answers a second, ours by the anchor's.</summary>
    public double ToSql => Median.Of(Cycles.Select(c => c.SqlSeconds / c.AllSeconds));
}

/// <summary>All figures of a whole province from its stored revisions, beside plain SQL over the same revisions.</summary>
internal static class RebuildFigure
{
    // One row an answer, as a store of facts would keep them: single answers, those by grade or kind, those in rows of a table.
    private const string Flatten = """
        drop table if exists bench.answers;
        create table bench.answers (cycle_id uuid, organisation_id uuid, field text, value jsonb, primary key (cycle_id, organisation_id, field));
        insert into bench.answers
          select v.cycle_id, v.organisation_id, a.field, a.value from analytics.module_values v cross join lateral (
            select f.key as field, f.value from jsonb_each(v.values) f where jsonb_typeof(f.value) not in ('object', 'array')
            union all
            select f.key || '/' || part.key, part.value from jsonb_each(v.values) f cross join lateral jsonb_each(f.value) part where jsonb_typeof(f.value) = 'object'
            union all
            select f.key || '/' || line.n || coalesce('/' || cell.key, ''), coalesce(cell.value, line.value) from jsonb_each(v.values) f
              cross join lateral jsonb_array_elements(case when jsonb_typeof(f.value) = 'array' then f.value else '[]' end) with ordinality line(value, n)
              left join lateral jsonb_each(case when jsonb_typeof(line.value) = 'object' then line.value else '{}' end) cell on true) a
          where v.cycle_id = $1;
        """;

    private const string Forget = """
        delete from analytics.school_indicators where cycle_id = $1;
        delete from analytics.node_figures where cycle_id = $1;
        delete from analytics.node_completeness where cycle_id = $1;
        """;

    public static async Task<RebuildResult> RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        var cycle = await new WholeProvince(bench.Postgres, bench.Province).MakeAsync(cancellationToken);
        var (cycles, moduleReports, figures) = (new List<RebuildCycle>(), 0, 0);
        for (var n = 1; n <= bench.Options.Cycles; n++)
        {
            await DoAsync(bench, Forget, cycle, cancellationToken);
            foreach (var table in (string[])["school_indicators", "node_figures", "node_completeness", "recounted_rows"])
            {
                await DoAsync(bench, $"vacuum analyze analytics.{table}", cycle, cancellationToken);
            }

            await bench.SettleAsync(cancellationToken);
            var (all, allSeconds, allUse) = await MeasureAsync(bench, () => RebuildAsync(bench, cycle, cancellationToken));
            var (same, sameSeconds, _) = await MeasureAsync(bench, () => RebuildAsync(bench, cycle, cancellationToken));
            if (same["differences"]!.GetValue<int>() != 0)
            {
                throw new InvalidOperationException($"rebuild: {same["differences"]} figures differ after it: {same["examples"]}");
            }

            await bench.SettleAsync(cancellationToken);
            var (_, sqlSeconds, sqlUse) = await MeasureAsync(bench, () => DoAsync(bench, Flatten, cycle, cancellationToken));
            (moduleReports, figures) = (all["moduleReports"]!.GetValue<int>(), all["figures"]!.GetValue<int>());
            var done = new RebuildCycle(allSeconds, all["swapMilliseconds"]!.GetValue<int>() / 1000.0, allUse, sameSeconds, sqlSeconds, sqlUse);
            cycles.Add(done);
            Console.WriteLine(
                $"  rebuild {n}: {done.AllSeconds:F1} s ({done.SwapSeconds:F1} s locked), nothing differs {done.SameSeconds:F1} s, plain SQL {done.SqlSeconds:F1} s, "
                + $"foreign {done.AllUse.Foreign:F2}/{done.SqlUse.Foreign:F2} cores; {string.Join(' ', done.AllUse.Ours.Select(p => $"{p.Key} {p.Value:F2}"))}");
        }

        await using var count = bench.Postgres.CreateCommand("select count(*) from bench.answers");
        return new(moduleReports, (long)(await count.ExecuteScalarAsync(cancellationToken))!, figures, cycles);
    }

    private static async Task<(JsonNode Result, double Seconds, ProcessorUse Use)> MeasureAsync(Bench bench, Func<Task<JsonNode>> run)
    {
        var (reading, started) = (bench.Processor.Read(), TimeProvider.System.GetTimestamp());
        var result = await run();
        return (result, Math.Round(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 1), bench.Processor.Since(reading));
    }

    internal static async Task<JsonNode> RebuildAsync(Bench bench, Guid cycle, CancellationToken cancellationToken)
    {
        var id = (await bench.Province.Owner.PostAsync("/api/analytics/rebuilds", new { cycleId = cycle }, cancellationToken))["id"]!.GetValue<Guid>();
        while (true)
        {
            var rebuild = await bench.Province.Owner.GetAsync($"/api/analytics/rebuilds/{id}", cancellationToken);
            switch (rebuild["state"]!.GetValue<string>())
            {
                case "finished":
                    return rebuild;
                case "failed" or "cancelled":
                    throw new InvalidOperationException($"rebuild: {rebuild}");
                default:
                    await Task.Delay(100, cancellationToken);
                    break;
            }
        }
    }

    private static async Task<JsonNode> DoAsync(Bench bench, string sql, Guid cycle, CancellationToken cancellationToken)
    {
        await using var connection = await bench.Postgres.OpenConnectionAsync(cancellationToken);
        await WholeProvince.DoAsync(connection, sql.Replace("$1", $"'{cycle}'", StringComparison.Ordinal), cancellationToken);
        return new JsonObject();
    }
}
