using System.Collections.Concurrent;

namespace Gengdu.Benchmarks.Load;

/// <summary>
/// Requests at a fixed rate, whether or not earlier ones are answered; the time counts from when a request was due, so that
/// a stall is charged to everybody who had to wait for it.
/// </summary>
internal sealed class OpenLoop(Uri address, int rate) : IDisposable
{
    private readonly ConcurrentBag<HttpConnection> _idle = [];
    private readonly Tally _tally = new();
    private TimeSpan _elapsed;

    public Outcome Outcome => _tally.ToOutcome(_elapsed);

    /// <summary>Sends all of them; can be called again, the figures add up.</summary>
    /// <param name="requests">In order.</param>
    /// <param name="answered">Told when each was sent (due) and answered.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(IReadOnlyList<byte[]> requests, Action<long>? answered, CancellationToken cancellationToken)
    {
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();
        var running = new List<Task>(requests.Count);
        for (var i = 0; i < requests.Count; i++)
        {
            var due = started + (long)(i * (double)clock.TimestampFrequency / rate);
            while (clock.GetTimestamp() < due)
            {
                await Task.Delay(1, cancellationToken);
            }

            running.Add(SendAsync(requests[i], due, answered, cancellationToken));
        }

        await Task.WhenAll(running);
        _elapsed += clock.GetElapsedTime(started);
    }

    public void Dispose()
    {
        foreach (var connection in _idle)
        {
            connection.Dispose();
        }
    }

    private async Task SendAsync(byte[] request, long due, Action<long>? answered, CancellationToken cancellationToken)
    {
        var connection = _idle.TryTake(out var idle) ? idle : new HttpConnection(address);
        var answer = await connection.SendAsync(request, cancellationToken);
        _tally.Add(answer, TimeProvider.System.GetElapsedTime(due));
        _idle.Add(connection);
        if (answer.Succeeded)
        {
            answered?.Invoke(due);
        }
    }
}
