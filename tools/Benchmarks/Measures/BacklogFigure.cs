using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Gengdu.Benchmarks.Load;
using Gengdu.Benchmarks.Machine;

namespace Gengdu.Benchmarks.Measures;

/// <param name="Behind">Accepted and not counted when what counts was let go on.</param>
/// <param name="Counted">From then until it had caught up, or until nothing more came in.</param>
/// <param name="Seconds">How long that took.</param>
/// <param name="CaughtUp">Before the last submission was sent.</param>
internal sealed record CatchUp(int Behind, int Counted, double Seconds, bool CaughtUp)
{
    /// <summary>Counted a second beside the intake.</summary>
    public double Rate => Counted / Seconds;
}

internal sealed record BacklogCycle(CatchUp Ours, Percentiles Accepted, ProcessorUse OursUse, CatchUp Bare, ProcessorUse BareUse);

/// <param name="Intake">Submissions a second, before and while it catches up.</param>
/// <param name="Cycles">Ours and the bare pipeline, in turn.</param>
internal sealed record BacklogResult(int Intake, IReadOnlyList<BacklogCycle> Cycles)
{
    public double Rate => Median.Of(Cycles.Select(c => c.Ours.Rate));

    public double ToBare => Median.Of(Cycles.Select(c => c.Ours.Rate / c.Bare.Rate));
}

/// <summary>
/// The process that counts stands still while submissions come in at a fixed rate, and goes on while they still come: how many
/// does it count a second? Below the speed of the intake every consumer counts just what comes in; only one that is behind shows what it can.
/// </summary>
internal static class BacklogFigure
{
    // Of what is submitted: this share comes in while nothing is counted.
    private const double StandsStill = 0.7;
    private static readonly TimeSpan UpToDate = TimeSpan.FromSeconds(1);

    public static async Task<BacklogResult> RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        using var bare = await bench.StartBareFlowAsync(cancellationToken);
        var (rate, cycles) = (bench.Options.Rate, new List<BacklogCycle>());
        for (var n = 1; n <= bench.Options.Cycles; n++)
        {
            var round = await bench.Preparation.PrepareAsync(cancellationToken);
            var requests = round.Submissions.Select(s => s.Request).ToArray();
            await bench.FillProvinceAsync(round, cancellationToken);
            await bench.SettleAsync(cancellationToken);
            await bench.ReadFirstAsync(cancellationToken);
            var rows = await bench.Ledger.RevisionsAsync(cancellationToken);
            using var ourPage = new CountedPage(bench.Options.Address, await bench.ProvincePageAsync(round.CycleId, cancellationToken));
            using var open = new OpenLoop(bench.Options.Address, rate);
            var (ours, oursUse) = await OnceAsync(bench, "backlog", open, ourPage, requests, bench.Options.Processes["analytics"], cancellationToken);
            Ledger.MustEqual("backlog", await bench.Ledger.RevisionsAsync(cancellationToken) - rows, requests.Length);

            await bench.SettleAsync(cancellationToken);
            using var barePage = new CountedPage(bare.Address, bare.Dashboard);
            using var bareOpen = new OpenLoop(bare.Address, rate);
            var (theirs, bareUse) = await OnceAsync(bench, "backlog of the bare pipeline", bareOpen, barePage, bare.Requests(requests.Length), bare.Projection, cancellationToken);
            cycles.Add(new(ours, open.Outcome.Milliseconds, oursUse, theirs, bareUse));
            Console.WriteLine(
                $"  backlog {n}: {Said(ours)}; bare {Said(theirs)}; foreign {oursUse.Foreign:F2}/{bareUse.Foreign:F2} cores; {string.Join(' ', oursUse.Ours.Select(p => $"{p.Key} {p.Value:F2}"))}");
        }

        return new(rate, cycles);
    }

    private static async Task<(CatchUp CatchUp, ProcessorUse Use)> OnceAsync(
        Bench bench, string what, OpenLoop open, CountedPage page, IReadOnlyList<byte[]> requests, int process, CancellationToken cancellationToken)
    {
        var sent = new ConcurrentQueue<long>();
        var before = await page.WarmAsync(cancellationToken);
        var still = (int)(requests.Count * StandsStill);
        await SignalAsync("STOP", process, cancellationToken);
        Task submitting;
        long resumed;
        ProcessorWatch.Reading reading;
        int behind;
        try
        {
            submitting = open.RunAsync(requests, sent.Enqueue, cancellationToken);
            await Task.Delay(TimeSpan.FromSeconds((double)still / bench.Options.Rate), cancellationToken);
            behind = sent.Count;
            reading = bench.Processor.Read();
        }
        finally
        {
            await SignalAsync("CONT", process, CancellationToken.None);
            resumed = TimeProvider.System.GetTimestamp();
        }

        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = page.WatchAsync(before, requests.Count, watching.Token);
        await submitting;
        var ended = TimeProvider.System.GetTimestamp();
        var use = bench.Processor.Since(reading);
        watching.CancelAfter(TimeSpan.FromMinutes(2));
        await watch;
        if (open.Outcome.Failed > 0 || page.Seen.Count != requests.Count)
        {
            throw new InvalidOperationException($"{what}: {open.Outcome.Failed} of {requests.Count} failed {open.Outcome.FirstFault}; the dashboard shows {page.Seen.Count}; {page.Polls.FirstFault}");
        }

        var meanwhile = page.Seen.Zip(sent.Order()).TakeWhile(pair => pair.First <= ended).ToList();
        var upToDate = meanwhile.FindIndex(pair => TimeProvider.System.GetElapsedTime(pair.Second, pair.First) <= UpToDate);
        var (counted, until) = upToDate >= 0 ? (upToDate + 1, meanwhile[upToDate].First) : (meanwhile.Count, ended);
        return (new(behind, counted, Math.Round(TimeProvider.System.GetElapsedTime(resumed, until).TotalSeconds, 3), upToDate >= 0), use);
    }

    private static string Said(CatchUp one) => string.Create(
        CultureInfo.InvariantCulture, $"{one.Behind} behind, {one.Counted} counted in {one.Seconds:F1} s ({one.Rate:F0}/s){(one.CaughtUp ? "" : ", not caught up")}");

    private static async Task SignalAsync(string signal, int process, CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellationToken);
        if (kill.ExitCode != 0)
        {
            throw new InvalidOperationException($"Process {process} took no {signal}.");
        }
    }
}
