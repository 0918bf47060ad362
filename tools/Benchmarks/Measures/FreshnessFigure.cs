using System.Collections.Concurrent;
using Gengdu.Benchmarks.Bare;
using Gengdu.Benchmarks.Load;
using Gengdu.Benchmarks.Machine;

namespace Gengdu.Benchmarks.Measures;

/// <param name="Rate">Submissions a second.</param>
/// <param name="Seen">Submissions that became visible; must be all.</param>
/// <param name="Lag">From the moment a submission was due to be sent until the province dashboard counts it.</param>
/// <param name="Bare">The same of the bare pipeline's dashboard.</param>
/// <param name="Dashboard">The polling requests themselves, in the last slice.</param>
/// <param name="Use">Of the processor, the last slice.</param>
internal sealed record FreshnessResult(int Rate, int Seen, Percentiles Lag, Percentiles Bare, Outcome Dashboard, ProcessorUse Use);

/// <summary>Submits at a fixed rate while somebody reloads the province dashboard, in slices that alternate with the bare pipeline.</summary>
internal static class FreshnessFigure
{
    private const int Slices = 5;

    public static async Task<FreshnessResult> RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        var (rate, each) = (bench.Options.Rate, bench.Options.Rate * bench.Options.Seconds / Slices);
        using var bare = await bench.StartBareFlowAsync(cancellationToken);
        using var barePage = new CountedPage(bare.Address, bare.Dashboard);
        using var open = new OpenLoop(bench.Options.Address, rate);
        using var bareOpen = new OpenLoop(bare.Address, rate);
        var (lags, bareLags, use, polls) = (new List<double>(), new List<double>(), (ProcessorUse?)null, (Outcome?)null);
        for (var n = 0; n < Slices; n++)
        {
            var round = await bench.Preparation.PrepareAsync(cancellationToken);
            var requests = round.Submissions.Take(each).Select(s => s.Request).ToArray();
            using var page = new CountedPage(bench.Options.Address, await bench.ProvincePageAsync(round.CycleId, cancellationToken));
            await bench.FillProvinceAsync(round, cancellationToken);
            await bench.SettleAsync(cancellationToken);
            await bench.ReadFirstAsync(cancellationToken);
            var reading = bench.Processor.Read();
            lags.AddRange(await SliceAsync("freshness", open, page, requests, cancellationToken));
            (use, polls) = (bench.Processor.Since(reading), page.Polls);
            await bench.SettleAsync(cancellationToken);
            bareLags.AddRange(await SliceAsync("freshness of the bare pipeline", bareOpen, barePage, bare.Requests(requests.Length), cancellationToken));
        }

        return new(rate, lags.Count, Percentiles.Of(lags), Percentiles.Of(bareLags), polls!, use!);
    }

    private static async Task<IReadOnlyList<double>> SliceAsync(string what, OpenLoop open, CountedPage page, IReadOnlyList<byte[]> requests, CancellationToken cancellationToken)
    {
        var sent = new ConcurrentQueue<long>();
        var before = await page.WarmAsync(cancellationToken);
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = page.WatchAsync(before, requests.Count, watching.Token);
        await open.RunAsync(requests, sent.Enqueue, cancellationToken);
        watching.CancelAfter(TimeSpan.FromSeconds(60));
        await watch;
        // The n-th answered submission is visible when the dashboard first counts n: events keep roughly that order.
        return open.Outcome.Failed == 0 && page.Seen.Count == requests.Count
            ? [.. sent.Order().Zip(page.Seen, (from, to) => TimeProvider.System.GetElapsedTime(from, to).TotalMilliseconds)]
            : throw new InvalidOperationException($"{what}: {open.Outcome.Failed} submissions failed {open.Outcome.FirstFault}; the dashboard shows {page.Seen.Count} of {requests.Count}; {page.Polls.FirstFault}");
    }
}
