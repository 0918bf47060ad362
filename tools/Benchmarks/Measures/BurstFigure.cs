using Gengdu.Benchmarks.Load;
using Gengdu.Benchmarks.Machine;

namespace Gengdu.Benchmarks.Measures;

/// <param name="AcceptedSeconds">From the first request to the last receipt.</param>
/// <param name="WholeSeconds">From the first request until the dashboard counts all.</param>
/// <param name="FirstSeconds">From the first request until it counts any.</param>
/// <param name="HalfSeconds">From the first request until it counts half of them.</param>
/// <param name="CountedMeanwhile">How many it counted when the last receipt was given.</param>
internal sealed record Burst(double AcceptedSeconds, double WholeSeconds, double FirstSeconds, double HalfSeconds, int CountedMeanwhile)
{
    public double DrainSeconds => WholeSeconds - AcceptedSeconds;

    /// <summary>Counted a second beside intake at its full speed.</summary>
    public double CountedRate => CountedMeanwhile / AcceptedSeconds;
}

internal sealed record BurstCycle(Burst Ours, ProcessorUse OursUse, Burst Bare, ProcessorUse BareUse);

/// <param name="Submissions">In each burst.</param>
/// <param name="Cycles">Ours and the bare pipeline, in turn.</param>
internal sealed record BurstResult(int Submissions, IReadOnlyList<BurstCycle> Cycles)
{
    public double WholeToBare => Median.Of(Cycles.Select(c => c.Ours.WholeSeconds / c.Bare.WholeSeconds));

    public double DrainToBare => Median.Of(Cycles.Select(c => c.Ours.DrainSeconds / c.Bare.DrainSeconds));

    public double CountedRate => Median.Of(Cycles.Select(c => c.Ours.CountedRate));
}

/// <summary>One module of every school signed as fast as it is accepted; how long until the province dashboard counts all of them.</summary>
internal static class BurstFigure
{
    public static async Task<BurstResult> RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        using var bare = await bench.StartBareFlowAsync(cancellationToken);
        var (cycles, submissions) = (new List<BurstCycle>(), 0);
        for (var n = 1; n <= bench.Options.Cycles; n++)
        {
            var round = await bench.Preparation.PrepareAsync(cancellationToken);
            submissions = round.Submissions.Count;
            await bench.FillProvinceAsync(round, cancellationToken);
            await bench.SettleAsync(cancellationToken);
            await bench.ReadFirstAsync(cancellationToken);
            var rows = await bench.Ledger.RevisionsAsync(cancellationToken);
            using var ourPage = new CountedPage(bench.Options.Address, await bench.ProvincePageAsync(round.CycleId, cancellationToken));
            var (ours, oursUse) = await OnceAsync(bench, "burst", ourPage, submissions, () => ClosedLoop.RunAsync(bench.Options.Address, round.ByClient(), TimeSpan.FromMinutes(2), cancellationToken), cancellationToken);
            Ledger.MustEqual("burst", await bench.Ledger.RevisionsAsync(cancellationToken) - rows, submissions);

            await bench.SettleAsync(cancellationToken);
            using var barePage = new CountedPage(bare.Address, bare.Dashboard);
            var shares = bare.Requests(submissions).Chunk((submissions + bench.Options.Clients - 1) / bench.Options.Clients).ToArray();
            var (theirs, bareUse) = await OnceAsync(bench, "burst of the bare pipeline", barePage, submissions, () => ClosedLoop.RunAsync(bare.Address, shares, TimeSpan.FromMinutes(2), cancellationToken), cancellationToken);
            cycles.Add(new(ours, oursUse, theirs, bareUse));
            Console.WriteLine(
                $"  burst {n}: ours accepted {ours.AcceptedSeconds:F1} s, {ours.CountedMeanwhile} counted by then ({ours.CountedRate:F0}/s), the first after {ours.FirstSeconds:F1} s, half after {ours.HalfSeconds:F1} s, whole {ours.WholeSeconds:F1} s; "
                + $"bare {theirs.AcceptedSeconds:F1} and {theirs.WholeSeconds:F1} s, foreign {oursUse.Foreign:F2}/{bareUse.Foreign:F2} cores; {string.Join(' ', oursUse.Ours.Select(p => $"{p.Key} {p.Value:F2}"))}");
        }

        return new(submissions, cycles);
    }

    private static async Task<(Burst Burst, ProcessorUse Use)> OnceAsync(Bench bench, string what, CountedPage page, int submissions, Func<Task<Outcome>> submit, CancellationToken cancellationToken)
    {
        var before = await page.WarmAsync(cancellationToken);
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        watching.CancelAfter(TimeSpan.FromMinutes(5));
        var reading = bench.Processor.Read();
        var watch = page.WatchAsync(before, submissions, watching.Token);
        var started = TimeProvider.System.GetTimestamp();
        var outcome = await submit();
        var accepted = TimeProvider.System.GetTimestamp();
        await watch;
        var use = bench.Processor.Since(reading);
        if (outcome.Failed > 0 || outcome.Succeeded != submissions || page.Seen.Count != submissions)
        {
            throw new InvalidOperationException($"{what}: {outcome.Failed} of {submissions} failed {outcome.FirstFault}; the dashboard shows {page.Seen.Count}; {page.Polls.FirstFault}");
        }

        return (new(Seconds(accepted), Seconds(page.Seen[^1]), Seconds(page.Seen[0]), Seconds(page.Seen[submissions / 2]), page.Seen.Count(at => at <= accepted)), use);

        double Seconds(long at) => Math.Round(TimeProvider.System.GetElapsedTime(started, at).TotalSeconds, 3);
    }
}
