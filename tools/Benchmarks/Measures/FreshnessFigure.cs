using System.Buffers.Text;
using System.Collections.Concurrent;
using Gengdu.Benchmarks.Load;
using Gengdu.Benchmarks.Machine;

namespace Gengdu.Benchmarks.Measures;

/// <param name="Rate">Submissions a second.</param>
/// <param name="Seen">Submissions that became visible; must be all.</param>
/// <param name="Lag">From the moment a submission was due to be sent until the province dashboard counts it.</param>
/// <param name="Dashboard">The polling requests themselves.</param>
/// <param name="Use">Of the processor.</param>
internal sealed record FreshnessResult(int Rate, int Seen, Percentiles Lag, Outcome Dashboard, ProcessorUse Use);

/// <summary>Submits at a fixed rate while somebody reloads the province dashboard, and notes when each submission is in it.</summary>
internal static class FreshnessFigure
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(20);

    public static async Task<FreshnessResult> RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        var round = await bench.Preparation.PrepareAsync(cancellationToken);
        var requests = round.Submissions.Take(bench.Options.Rate * bench.Options.Seconds).Select(s => s.Request).ToArray();
        await bench.SettleAsync(cancellationToken);
        await bench.ReadFirstAsync(cancellationToken);
        var province = (await bench.Province.Owner.GetAsync("/api/identity/me", cancellationToken))["assignments"]![0]!["organisation"]!["id"]!.GetValue<Guid>();
        var page = Request.Get(bench.Options.Address, $"/api/analytics/dashboards/nodes/{province}?cycleId={round.CycleId}", ("Cookie", bench.Province.Owner.CookieHeader));
        await WarmAsync(bench.Options.Address, page, cancellationToken);
        using var open = new OpenLoop(bench.Options.Address, bench.Options.Rate);
        var (sent, seen, polls) = (new ConcurrentQueue<long>(), new List<long>(), new Tally());
        using var polling = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = bench.Processor.Read();
        var started = TimeProvider.System.GetTimestamp();
        var poll = PollAsync(bench.Options.Address, page, requests.Length, seen, polls, polling.Token);
        await open.RunAsync(requests, sent.Enqueue, cancellationToken);
        polling.CancelAfter(TimeSpan.FromSeconds(60));
        await poll;
        var use = bench.Processor.Since(reading);
        // The n-th answered submission is visible when the dashboard first counts n: events keep roughly that order.
        var lags = sent.Order().Zip(seen, (from, to) => TimeProvider.System.GetElapsedTime(from, to).TotalMilliseconds).ToList();
        if (open.Outcome.Failed > 0 || seen.Count != requests.Length)
        {
            throw new InvalidOperationException($"freshness: {open.Outcome.Failed} submissions failed {open.Outcome.FirstFault}; the dashboard shows {seen.Count} of {requests.Length}; {polls.ToOutcome(default).FirstFault}");
        }

        return new(bench.Options.Rate, seen.Count, Percentiles.Of(lags), polls.ToOutcome(TimeProvider.System.GetElapsedTime(started)), use);
    }

    // The first readers of a process that was just started wait for the compiler; that is not what is asked here.
    private static async Task WarmAsync(Uri address, byte[] page, CancellationToken cancellationToken)
    {
        using var connection = new HttpConnection(address);
        for (var i = 0; i < 50; i++)
        {
            await connection.SendAsync(page, cancellationToken);
        }
    }

    private static async Task PollAsync(Uri address, byte[] page, int until, List<long> seen, Tally polls, CancellationToken cancellationToken)
    {
        using var connection = new HttpConnection(address);
        try
        {
            while (seen.Count < until)
            {
                var asked = TimeProvider.System.GetTimestamp();
                var answer = await connection.SendAsync(page, cancellationToken);
                var now = TimeProvider.System.GetTimestamp();
                polls.Add(answer, TimeProvider.System.GetElapsedTime(asked, now));
                seen.AddRange(Enumerable.Repeat(now, Math.Max(0, Math.Min(until, Submitted(answer.Body.Span)) - seen.Count)));
                await Task.Delay(PollEvery, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested || seen.Count < until)
        {
            // Not everything became visible in time: the caller says so.
        }
    }

    // The head of the answer counts the whole province; the children follow later in the text.
    private static int Submitted(ReadOnlySpan<byte> body)
    {
        var at = body.IndexOf("\"submitted\":"u8);
        return at >= 0 && Utf8Parser.TryParse(body[(at + 12)..], out int submitted, out _) ? submitted : 0;
    }
}
