using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gengdu.Benchmarks.Load;
using Gengdu.Benchmarks.Machine;
using Gengdu.Benchmarks.Setup;

namespace Gengdu.Benchmarks.Measures;

/// <param name="CellsEach">Cells in a batch.</param>
/// <param name="Saves">Batches, from the moment each was due.</param>
/// <param name="Openings">People opening a form meanwhile.</param>
/// <param name="Checked">Cells compared with what was sent last, after the load; any difference ends the run without a figure.</param>
/// <param name="Use">Of the processor.</param>
internal sealed record AutosaveResult(int CellsEach, Outcome Saves, Outcome Openings, int Checked, ProcessorUse Use)
{
    public double CellsPerSecond => Saves.Rate * CellsEach;
}

/// <summary>
/// Many people type at once: each school's form gets a batch of cells on its own version after the last one was acknowledged, at
/// a fixed rate over all schools, while others open their forms. A batch is what a browser sends after somebody filled in a few
/// rows of a table: it waits 0.7 s for more, three at the longest.
/// </summary>
internal static class AutosaveFigure
{
    private const int CellsEach = 10;
    private const int CellsPerSecond = 3_000;
    private const int OpeningsPerSecond = 25;

    public static async Task<AutosaveResult> RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        var forms = await bench.Preparation.DraftsAsync(cancellationToken);
        await bench.SettleAsync(cancellationToken);
        await Task.WhenAll(bench.Province.Reporters.Select(reporter => reporter.GetAsync("/api/reporting/cycles", cancellationToken)));
        await SaveAsync(bench, forms, 5, cancellationToken);
        await bench.SettleAsync(cancellationToken);
        using var opening = new OpenLoop(bench.Options.Address, OpeningsPerSecond);
        var pages = forms.Select(form => Request.Get(bench.Options.Address, form.Address, ("Cookie", form.Cookie))).ToArray();
        var reading = bench.Processor.Read();
        var openings = opening.RunAsync([.. Enumerable.Range(0, OpeningsPerSecond * bench.Options.Seconds).Select(n => pages[n % pages.Length])], null, cancellationToken);
        var saves = await SaveAsync(bench, forms, bench.Options.Seconds, cancellationToken);
        await openings;
        var use = bench.Processor.Since(reading);
        if (saves.Failed + opening.Outcome.Failed > 0)
        {
            throw new InvalidOperationException($"autosave: {saves.Failed} saves and {opening.Outcome.Failed} openings failed, the first with {saves.FirstFault ?? opening.Outcome.FirstFault}");
        }

        return new(CellsEach, saves, opening.Outcome, await CompareAsync(bench, forms, cancellationToken), use);
    }

    private static async Task<Outcome> SaveAsync(Bench bench, IReadOnlyList<Draft> forms, int seconds, CancellationToken cancellationToken)
    {
        const int Rate = CellsPerSecond / CellsEach;
        var tally = new Tally();
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();
        await Task.WhenAll(forms.Select((form, number) => Task.Run(async () =>
        {
            using var connection = new HttpConnection(bench.Options.Address);
            for (var n = number; n < Rate * seconds; n += forms.Count)
            {
                var due = started + (long)(n * (double)clock.TimestampFrequency / Rate);
                var wait = clock.GetElapsedTime(clock.GetTimestamp(), due);
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, cancellationToken);
                }

                var answer = await connection.SendAsync(form.NextSave(bench.Options.Address, CellsEach), cancellationToken);
                tally.Add(answer, clock.GetElapsedTime(due));
                if (!answer.Succeeded)
                {
                    return;
                }

                form.Acknowledged(answer.Body.Span);
            }
        }, cancellationToken)));
        return tally.ToOutcome(clock.GetElapsedTime(started));
    }

    // Every cell that was ever acknowledged has the value that was sent last.
    private static async Task<int> CompareAsync(Bench bench, IReadOnlyList<Draft> forms, CancellationToken cancellationToken)
    {
        var compared = 0;
        foreach (var form in forms)
        {
            var stored = await bench.Ledger.ValuesAsync(form.Id, cancellationToken);
            foreach (var (at, value) in form.Sent)
            {
                Ledger.MustEqual($"cell {at} of {form.Id}", At(stored, at), value);
                compared++;
            }
        }

        return compared;
    }

    private static long At(JsonObject values, string at)
    {
        JsonNode? node = values;
        foreach (var part in at.Split('/'))
        {
            node = node?[part];
        }

        return node is null ? long.MinValue : (long)node.GetValue<double>();
    }
}

/// <summary>One school's form under somebody's hands.</summary>
internal sealed class Draft(Guid id, string page, long version, string cookie, IReadOnlyList<(string At, long Value)> cells)
{
    private readonly Dictionary<string, long> _sent = [];
    private long _version = version;
    private int _next;
    private int _rounds;

    public Guid Id => id;

    /// <summary>Where it is filled in.</summary>
    public string Page => page;

    public string Cookie => cookie;

    public string Address => $"/api/reporting/module-reports/{id}";

    /// <summary>The last value of each cell that went out.</summary>
    public IReadOnlyDictionary<string, long> Sent => _sent;

    /// <summary>The next cells of the form, each with a value it did not have.</summary>
    public byte[] NextSave(Uri address, int count)
    {
        var changes = new List<object>(count);
        for (var i = 0; i < Math.Min(count, cells.Count); i++)
        {
            var (at, value) = cells[_next];
            _sent[at] = value + 1 + (_rounds % 2);
            changes.Add(new { at, value = _sent[at] });
            _next = (_next + 1) % cells.Count;
            _rounds += _next == 0 ? 1 : 0;
        }

        return Request.Patch(address, $"{Address}/values", JsonSerializer.Serialize(new { changes }),
            ("Cookie", cookie), ("X-Gengdu-Request", "1"), ("If-Match", $"\"v{_version.ToString(CultureInfo.InvariantCulture)}\""));
    }

    /// <summary>Reads the new version from the answer, which may have come in chunks.</summary>
    public void Acknowledged(ReadOnlySpan<byte> body)
    {
        var name = "\"version\":"u8;
        var at = body.IndexOf(name);
        _version = at >= 0 && Utf8Parser.TryParse(body[(at + name.Length)..], out long version, out _) ? version
            : throw new InvalidOperationException("A save was answered without a version.");
    }
}
