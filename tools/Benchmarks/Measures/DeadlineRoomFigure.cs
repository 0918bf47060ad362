using System.Collections.Concurrent;
using System.Text.Json;
using Gengdu.Benchmarks.Load;
using Gengdu.Benchmarks.Machine;
using Gengdu.Benchmarks.Setup;

namespace Gengdu.Benchmarks.Measures;

/// <param name="Rate">Submissions a second.</param>
/// <param name="Pages">Open pages.</param>
/// <param name="Schools">That the room counts.</param>
/// <param name="Seen">Submissions that were pushed; must be all.</param>
/// <param name="Lag">From the moment a submission was due to be sent until the slowest page is told of it.</param>
/// <param name="Use">Of the processor.</param>
internal sealed record DeadlineRoomResult(int Rate, int Pages, int Schools, int Seen, Percentiles Lag, ProcessorUse Use);

/// <summary>Submits at a fixed rate while pages of the deadline room of a whole province are open, through the gateway as a browser holds them.</summary>
internal static class DeadlineRoomFigure
{
    // As many as one person may have.
    private const int Pages = 4;

    public static async Task<DeadlineRoomResult> RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        var round = await bench.Preparation.PrepareAsync(cancellationToken);
        var requests = round.Submissions.Take(bench.Options.Rate * bench.Options.Seconds).Select(s => s.Request).ToArray();
        await new RoomRows(bench.Postgres).FillAsync(Math.Max(0, BenchmarkOptions.WholeProvince - bench.Options.Schools), cancellationToken);
        await bench.SettleAsync(cancellationToken);
        await bench.ReadFirstAsync(cancellationToken);
        Console.WriteLine("  the pages are opened");
        using var listening = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pages = Enumerable.Range(0, Pages).Select(_ => new List<long>()).ToArray();
        var listeners = pages.Select(page => ListenAsync(bench, round.CycleId, page, requests.Length, listening.Token)).ToArray();
        await Task.Delay(TimeSpan.FromSeconds(5), cancellationToken);
        using var open = new OpenLoop(bench.Options.Address, bench.Options.Rate);
        var answered = new ConcurrentQueue<long>();
        var reading = bench.Processor.Read();
        await open.RunAsync(requests, answered.Enqueue, cancellationToken);
        var use = bench.Processor.Since(reading);
        listening.CancelAfter(TimeSpan.FromSeconds(30));
        await Task.WhenAll(listeners);
        if (open.Outcome.Failed > 0 || pages.Any(page => page.Count != requests.Length))
        {
            throw new InvalidOperationException($"deadline room: {open.Outcome.Failed} submissions failed {open.Outcome.FirstFault}; the pages were told of {string.Join(", ", pages.Select(page => page.Count))} of {requests.Length}");
        }

        // The n-th answered submission is there when a page first counts n; the slowest page is the figure.
        var sent = answered.Order().ToArray();
        var lags = sent.Select((at, n) => TimeProvider.System.GetElapsedTime(at, pages.Max(page => page[n])).TotalMilliseconds).ToList();
        return new(bench.Options.Rate, Pages, Math.Max(BenchmarkOptions.WholeProvince, bench.Options.Schools), requests.Length, Percentiles.Of(lags), use);
    }

    private static async Task ListenAsync(Bench bench, Guid cycleId, List<long> seen, int until, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false }) { BaseAddress = bench.Options.Address, Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/reporting/cycles/{cycleId}/deadline-room/stream");
        request.Headers.TryAddWithoutValidation("Cookie", bench.Province.Owner.CookieHeader);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            response.EnsureSuccessStatusCode();
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
            int? before = null;
            while (seen.Count < until && await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                if (line.StartsWith("data: {\"cycleId\"", StringComparison.Ordinal))
                {
                    using var room = JsonDocument.Parse(line[6..]);
                    var signed = room.RootElement.GetProperty("figures").GetProperty("signed").GetInt32();
                    // The first comes before anything is submitted.
                    before ??= signed;
                    seen.AddRange(Enumerable.Repeat(TimeProvider.System.GetTimestamp(), Math.Max(0, Math.Min(signed - before.Value, until) - seen.Count)));
                }
            }
        }
        catch (OperationCanceledException) when (seen.Count < until)
        {
            // Not everything was pushed in time: the caller says so.
        }
    }
}
