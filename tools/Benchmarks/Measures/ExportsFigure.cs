using System.Diagnostics;
using System.Text.Json.Nodes;
using Gengdu.Benchmarks.Load;
using Gengdu.Benchmarks.Machine;
using Gengdu.Benchmarks.Setup;
using Npgsql;

namespace Gengdu.Benchmarks.Measures;

/// <param name="Cells">In the file.</param>
/// <param name="MakeSeconds">From the question until it is finished.</param>
/// <param name="FetchSeconds">Through the gateway.</param>
/// <param name="Megabytes">Of the file.</param>
/// <param name="MemoryBefore">Resident megabytes of analytics before.</param>
/// <param name="MemoryMost">The most seen while it was made and fetched.</param>
/// <param name="CopySeconds">The anchor: COPY of the same cells as CSV, with the schools' names, read to the end by one client.</param>
internal sealed record ExportCycle(long Cells, double MakeSeconds, double FetchSeconds, double Megabytes, double MemoryBefore, double MemoryMost, double CopySeconds, ProcessorUse Use)
{
    public double CellsPerSecond => Cells / (MakeSeconds + FetchSeconds);
}

/// <param name="Cycles">Ours and the anchor, in turn.</param>
/// <param name="Bulletins">A province's bulletin as PDF, asked for until fetched, ms.</param>
internal sealed record ExportsResult(IReadOnlyList<ExportCycle> Cycles, Percentiles Bulletins)
{
    public double CellsPerSecond => Median.Of(Cycles.Select(c => c.CellsPerSecond));

    public double ToCopy => Median.Of(Cycles.Select(c => c.CopySeconds / (c.MakeSeconds + c.FetchSeconds)));

    /// <summary>How much analytics grew at most.</summary>
    public double Grown => Cycles.Max(c => c.MemoryMost - c.MemoryBefore);
}

/// <summary>Every reported value of a whole province as a file, and its bulletin.</summary>
internal static class ExportsFigure
{
    private const string Copy = """
        copy (select o.code, o.name_zh, p.name_zh, v.module_key, a.field, a.place, a.value #>> '{}' from analytics.module_values v
          join analytics.organisations o on o.id = v.organisation_id left join analytics.organisations p on p.id = o.parent_id cross join lateral (
            select f.key as field, null as place, f.value from jsonb_each(v.values) f where jsonb_typeof(f.value) not in ('object', 'array')
            union all
            select f.key, part.key, part.value from jsonb_each(v.values) f cross join lateral jsonb_each(f.value) part where jsonb_typeof(f.value) = 'object'
            union all
            select f.key, line.n || coalesce('/' || cell.key, ''), coalesce(cell.value, line.value) from jsonb_each(v.values) f
              cross join lateral jsonb_array_elements(case when jsonb_typeof(f.value) = 'array' then f.value else '[]' end) with ordinality line(value, n)
              left join lateral jsonb_each(case when jsonb_typeof(line.value) = 'object' then line.value else '{}' end) cell on true) a
          where v.cycle_id = '$1') to stdout (format csv)
        """;

    private const int BulletinsEach = 4;

    public static async Task<ExportsResult> RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        var cycle = await new WholeProvince(bench.Postgres, bench.Province).MakeAsync(cancellationToken);
        await RebuildFigure.RebuildAsync(bench, cycle, cancellationToken);
        var place = (await bench.Province.Owner.GetAsync("/api/identity/me", cancellationToken))["assignments"]![0]!["organisation"]!["id"]!.GetValue<Guid>();
        var (cycles, bulletins) = (new List<ExportCycle>(), new List<double>());
        for (var n = 1; n <= bench.Options.Cycles; n++)
        {
            await bench.SettleAsync(cancellationToken);
            var done = await ValuesAsync(bench, cycle, place, cancellationToken);
            await bench.SettleAsync(cancellationToken);
            var started = Stopwatch.GetTimestamp();
            await CopyAsync(bench, cycle, cancellationToken);
            done = done with { CopySeconds = Stopwatch.GetElapsedTime(started).TotalSeconds };
            cycles.Add(done);
            Console.WriteLine($"  values {n}: {done.Cells} cells, {done.Megabytes:F0} MB, made in {done.MakeSeconds:F1} s, fetched in {done.FetchSeconds:F1} s ({done.CellsPerSecond:F0} cells/s), COPY {done.CopySeconds:F1} s, "
                + $"analytics {done.MemoryBefore:F0} → {done.MemoryMost:F0} MB, foreign {done.Use.Foreign:F2} cores");
            await bench.SettleAsync(cancellationToken);
            for (var i = 0; i < BulletinsEach; i++)
            {
                var asked = Stopwatch.GetTimestamp();
                var made = await MadeAsync(bench, new { kind = "bulletin", format = "pdf", cycleId = cycle, organisationId = place, language = i % 2 == 0 ? "zh" : "en" }, () => { }, cancellationToken);
                await FetchAsync(bench, made["id"]!.GetValue<Guid>(), () => { }, cancellationToken);
                bulletins.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
                await RemoveAsync(bench, made, cancellationToken);
            }
        }

        return new(cycles, Percentiles.Of(bulletins));
    }

    private static async Task<ExportCycle> ValuesAsync(Bench bench, Guid cycle, Guid place, CancellationToken cancellationToken)
    {
        var analytics = bench.Options.Processes["analytics"];
        var (before, most, reading) = (ProcessTree.ResidentMegabytes(analytics), 0.0, bench.Processor.Read());
        void Look() => most = Math.Max(most, ProcessTree.ResidentMegabytes(analytics));
        var started = Stopwatch.GetTimestamp();
        var made = await MadeAsync(bench, new { kind = "values", format = "csv", cycleId = cycle, organisationId = place, language = "zh" }, Look, cancellationToken);
        var making = Stopwatch.GetElapsedTime(started).TotalSeconds;
        started = Stopwatch.GetTimestamp();
        var bytes = await FetchAsync(bench, made["id"]!.GetValue<Guid>(), Look, cancellationToken);
        var fetching = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var use = bench.Processor.Since(reading);
        await RemoveAsync(bench, made, cancellationToken);
        return bytes == made["size"]!.GetValue<long>()
            ? new(made["rows"]!.GetValue<long>(), making, fetching, bytes / 1048576.0, before, most, 0, use)
            : throw new InvalidOperationException($"exports: {bytes} of {made["size"]} bytes came");
    }

    private static async Task<JsonNode> MadeAsync(Bench bench, object order, Action look, CancellationToken cancellationToken)
    {
        var id = (await bench.Province.Owner.PostAsync("/api/analytics/exports", order, cancellationToken))["id"]!.GetValue<Guid>();
        while (true)
        {
            var file = await bench.Province.Owner.GetAsync($"/api/analytics/exports/{id}", cancellationToken);
            look();
            switch (file["state"]!.GetValue<string>())
            {
                case "finished":
                    return file;
                case "failed" or "cancelled":
                    throw new InvalidOperationException($"exports: {file}");
                default:
                    await Task.Delay(100, cancellationToken);
                    break;
            }
        }
    }

    private static async Task<long> FetchAsync(Bench bench, Guid id, Action look, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = bench.Options.Address, Timeout = TimeSpan.FromMinutes(2) };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/analytics/exports/{id}/file");
        request.Headers.Add("Cookie", bench.Province.Owner.CookieHeader);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var (buffer, bytes, next) = (new byte[1 << 16], 0L, 0L);
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            bytes += read;
            if (bytes > next)
            {
                look();
                next = bytes + (1 << 24);
            }
        }

        return bytes;
    }

    private static Task<JsonNode> RemoveAsync(Bench bench, JsonNode made, CancellationToken cancellationToken) =>
        bench.Province.Owner.DeleteAsync($"/api/analytics/exports/{made["id"]!.GetValue<Guid>()}", cancellationToken);

    private static async Task CopyAsync(Bench bench, Guid cycle, CancellationToken cancellationToken)
    {
        await using var connection = await bench.Postgres.OpenConnectionAsync(cancellationToken);
        using var text = await connection.BeginTextExportAsync(Copy.Replace("$1", cycle.ToString(), StringComparison.Ordinal), cancellationToken);
        var buffer = new char[1 << 16];
        while (await text.ReadAsync(buffer, cancellationToken) > 0)
        {
            // Read to the end is all the anchor does.
        }
    }
}
