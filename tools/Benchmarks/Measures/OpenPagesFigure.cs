using Gengdu.Benchmarks.Load;
using Gengdu.Benchmarks.Machine;
using Gengdu.Benchmarks.Setup;

namespace Gengdu.Benchmarks.Measures;

/// <param name="Alone">Submissions while nobody looks.</param>
/// <param name="Watched">The same beside open pages.</param>
/// <param name="Told">Events that the pages were sent meanwhile.</param>
internal sealed record OpenPagesCycle(Outcome Alone, ProcessorUse AloneUse, Outcome Watched, ProcessorUse WatchedUse, int Told);

/// <param name="Pages">Open at once.</param>
/// <param name="Cycles">Alone and watched, in turn; which comes first changes.</param>
internal sealed record OpenPagesResult(int Pages, IReadOnlyList<OpenPagesCycle> Cycles)
{
    public double WatchedToAlone => Median.Of(Cycles.Select(c => c.Watched.Rate / c.Alone.Rate));
}

/// <summary>What three hundred open dashboards of the province, its cities and counties cost intake.</summary>
internal static class OpenPagesFigure
{
    public const int Pages = 300;

    public static async Task<OpenPagesResult> RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        Console.WriteLine("  those who look sign in");
        using var watchers = await Watchers.SignInAsync(bench.Options, bench.Province, Pages, cancellationToken);
        var cycles = new List<OpenPagesCycle>();
        for (var n = 1; n <= bench.Options.Cycles; n++)
        {
            OpenPagesCycle cycle;
            if (n % 2 == 0)
            {
                var (watched, watchedUse, told) = await OnceAsync(bench, watchers, cancellationToken);
                var (alone, aloneUse, _) = await OnceAsync(bench, null, cancellationToken);
                cycle = new(alone, aloneUse, watched, watchedUse, told);
            }
            else
            {
                var (alone, aloneUse, _) = await OnceAsync(bench, null, cancellationToken);
                var (watched, watchedUse, told) = await OnceAsync(bench, watchers, cancellationToken);
                cycle = new(alone, aloneUse, watched, watchedUse, told);
            }

            cycles.Add(cycle);
            Console.WriteLine($"  cycle {n}: alone {cycle.Alone.Rate:F0}/s, beside {Pages} pages {cycle.Watched.Rate:F0}/s ({cycle.Told} events to them), foreign {cycle.AloneUse.Foreign:F2}/{cycle.WatchedUse.Foreign:F2} cores");
        }

        return new(Pages, cycles);
    }

    private static async Task<(Outcome Outcome, ProcessorUse Use, int Told)> OnceAsync(Bench bench, Watchers? watchers, CancellationToken cancellationToken)
    {
        var round = await bench.Preparation.PrepareAsync(cancellationToken);
        await bench.SettleAsync(cancellationToken);
        await bench.ReadFirstAsync(cancellationToken);
        await using var pages = watchers is null ? null : await OpenPages.OpenAsync(bench.Options.Address, round.CycleId, Pages, watchers.All, cancellationToken);
        var rows = await bench.Ledger.RevisionsAsync(cancellationToken);
        var told = pages?.Told ?? 0;
        var reading = bench.Processor.Read();
        var outcome = await ClosedLoop.RunAsync(bench.Options.Address, round.ByClient(), TimeSpan.FromMinutes(2), cancellationToken);
        var use = bench.Processor.Since(reading);
        told = (pages?.Told ?? 0) - told;
        Ledger.MustEqual("beside open pages", await bench.Ledger.RevisionsAsync(cancellationToken) - rows, outcome.Succeeded);
        for (var waited = 0; pages is { Whole: < Pages }; waited++)
        {
            if (pages.Broken > 0 || waited == 600)
            {
                throw new InvalidOperationException($"{pages.Broken} of {Pages} pages broke off; {pages.Whole} were told of everything");
            }

            await Task.Delay(100, cancellationToken);
        }

        return outcome.Failed == 0 ? (outcome, use, told) : throw new InvalidOperationException($"beside open pages: {outcome.Failed} submissions failed {outcome.FirstFault}");
    }
}
