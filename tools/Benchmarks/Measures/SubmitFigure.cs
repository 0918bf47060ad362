using Gengdu.Benchmarks.Bare;
using Gengdu.Benchmarks.Load;
using Gengdu.Benchmarks.Machine;

namespace Gengdu.Benchmarks.Measures;

/// <summary>One cycle: ours, the bare pipeline, pgbench, one after the other.</summary>
internal sealed record SubmitCycle(
    Outcome Ours, ProcessorUse OursUse, Outcome Bare, ProcessorUse BareUse, PgBenchOutcome PgBench, ProcessorUse PgBenchUse)
{
    public double ToBare => Ours.Rate / Bare.Rate;

    public double ToPgBench => Ours.Rate / PgBench.Rate;
}

internal sealed record SubmitResult(double AnswersEach, IReadOnlyList<SubmitCycle> Cycles, long Submitted, long Reviews, Percentiles ThousandRules)
{
    public double ToBare => Median.Of(Cycles.Select(c => c.ToBare));

    public double ToPgBench => Median.Of(Cycles.Select(c => c.ToPgBench));
}

/// <summary>Submit through the gateway in a closed loop, beside its two anchors in turn.</summary>
internal static class SubmitFigure
{
    public static async Task<SubmitResult> RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        var cycles = new List<SubmitCycle>();
        for (var n = 1; n <= bench.Options.Cycles; n++)
        {
            var cycle = await RunCycleAsync(bench, cancellationToken);
            Console.WriteLine(
                $"  cycle {n}: ours {cycle.Ours.Rate:F0}/s (p99 {cycle.Ours.Milliseconds.P99:F0} ms), bare {cycle.Bare.Rate:F0}/s, pgbench {cycle.PgBench.Rate:F0}/s, "
                + $"ratios {cycle.ToBare:F2} and {cycle.ToPgBench:F2}, foreign {cycle.OursUse.Foreign:F2}/{cycle.BareUse.Foreign:F2}/{cycle.PgBenchUse.Foreign:F2} cores");
            cycles.Add(cycle);
        }

        await bench.SettleAsync(cancellationToken);
        return new(bench.Preparation.AnswersEach, cycles, await bench.Ledger.RevisionsAsync(cancellationToken), await bench.Ledger.ReviewsAsync(cancellationToken),
            RulesFigure.Run(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(bench.Options.DivisionsFile))!, "..", "programmes", "labor-education")));
    }

    private static async Task<SubmitCycle> RunCycleAsync(Bench bench, CancellationToken cancellationToken)
    {
        var round = await bench.Preparation.PrepareAsync(cancellationToken);
        await bench.SettleAsync(cancellationToken);
        await bench.ReadFirstAsync(cancellationToken);
        var rows = await bench.Ledger.RevisionsAsync(cancellationToken);
        var reading = bench.Processor.Read();
        var ours = await ClosedLoop.RunAsync(bench.Options.Address, round.ByClient(), TimeSpan.FromMinutes(2), cancellationToken);
        var oursUse = bench.Processor.Since(reading);
        Check("submissions", ours, await bench.Ledger.RevisionsAsync(cancellationToken) - rows);

        await bench.SettleAsync(cancellationToken);
        rows = await bench.Ledger.BareRevisionsAsync(cancellationToken);
        reading = bench.Processor.Read();
        var bare = await bench.Bare.ClosedLoopAsync(bench.Options.Clients, TimeSpan.FromSeconds(bench.Options.AnchorSeconds), cancellationToken);
        var bareUse = bench.Processor.Since(reading);
        Check("bare pipeline", bare, await bench.Ledger.BareRevisionsAsync(cancellationToken) - rows);

        await bench.SettleAsync(cancellationToken);
        rows = await bench.Ledger.BareRevisionsAsync(cancellationToken);
        reading = bench.Processor.Read();
        var pgBench = await bench.PgBench.RunAsync(bench.Options.Clients, (int)Math.Ceiling(bench.Options.AnchorSeconds), cancellationToken);
        var pgBenchUse = bench.Processor.Since(reading);
        Ledger.MustEqual("pgbench", await bench.Ledger.BareRevisionsAsync(cancellationToken) - rows, pgBench.Transactions);
        await BareTables.EmptyOutboxAsync(bench.Postgres, cancellationToken);
        return new(ours, oursUse, bare, bareUse, pgBench, pgBenchUse);
    }

    private static void Check(string what, Outcome outcome, long rows)
    {
        Ledger.MustEqual(what, rows, outcome.Succeeded);
        if (outcome.Failed > 0)
        {
            throw new InvalidOperationException($"{what}: {outcome.Failed} requests failed, the first with {outcome.FirstFault}");
        }
    }
}

internal static class Median
{
    public static double Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? 0 : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
