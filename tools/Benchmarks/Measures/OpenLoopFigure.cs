using Gengdu.Benchmarks.Load;
using Gengdu.Benchmarks.Machine;

namespace Gengdu.Benchmarks.Measures;

internal sealed record OpenLoopResult(int Rate, int Seconds, Outcome Ours, Outcome Bare, ProcessorUse OursUse, ProcessorUse BareUse)
{
    public double P99ToBare => Ours.Milliseconds.P99 / Bare.Milliseconds.P99;
}

/// <summary>Submit at a fixed rate, in slices that alternate with the bare pipeline at the same rate.</summary>
internal static class OpenLoopFigure
{
    private const int Slices = 5;

    public static async Task<OpenLoopResult> RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        var (rate, seconds) = (bench.Options.Rate, bench.Options.Seconds);
        var requests = await RequestsAsync(bench, rate * seconds, cancellationToken);
        using var ours = new OpenLoop(bench.Options.Address, rate);
        using var bare = new OpenLoop(bench.Bare.Address, rate);
        var (oursUse, bareUse) = (new List<ProcessorUse>(), new List<ProcessorUse>());
        var rows = await bench.Ledger.RevisionsAsync(cancellationToken);
        var bareRows = await bench.Ledger.BareRevisionsAsync(cancellationToken);
        foreach (var slice in requests.Chunk((requests.Count + Slices - 1) / Slices))
        {
            await bench.SettleAsync(cancellationToken);
            await bench.ReadFirstAsync(cancellationToken);
            var reading = bench.Processor.Read();
            await ours.RunAsync(slice, null, cancellationToken);
            oursUse.Add(bench.Processor.Since(reading));
            await bench.SettleAsync(cancellationToken);
            reading = bench.Processor.Read();
            await bare.RunAsync(bench.Bare.Requests(slice.Length), null, cancellationToken);
            bareUse.Add(bench.Processor.Since(reading));
        }

        Ledger.MustEqual("open loop", await bench.Ledger.RevisionsAsync(cancellationToken) - rows, ours.Outcome.Succeeded);
        Ledger.MustEqual("open loop of the bare pipeline", await bench.Ledger.BareRevisionsAsync(cancellationToken) - bareRows, bare.Outcome.Succeeded);
        return new(rate, seconds, ours.Outcome, bare.Outcome, Mean(oursUse), Mean(bareUse));
    }

    /// <summary>As many prepared submissions as asked for, from as many rounds as it takes.</summary>
    private static async Task<IReadOnlyList<byte[]>> RequestsAsync(Bench bench, int count, CancellationToken cancellationToken)
    {
        var requests = new List<byte[]>(count);
        while (requests.Count < count)
        {
            requests.AddRange((await bench.Preparation.PrepareAsync(cancellationToken)).Submissions.Select(s => s.Request));
        }

        return requests[..count];
    }

    private static ProcessorUse Mean(List<ProcessorUse> uses) => new(
        uses[0].Ours.Keys.ToDictionary(name => name, name => Math.Round(uses.Average(u => u.Ours[name]), 2)),
        Math.Round(uses.Average(u => u.Foreign), 2), Math.Round(uses.Average(u => u.Steal), 2));
}
