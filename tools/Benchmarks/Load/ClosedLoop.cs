namespace Gengdu.Benchmarks.Load;

/// <summary>Clients that send the next request when the last one is answered, until their requests or the time are over.</summary>
internal static class ClosedLoop
{
    public static async Task<Outcome> RunAsync(Uri address, IReadOnlyList<IEnumerable<byte[]>> clients, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var tally = new Tally();
        var started = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(clients.Select(requests => Task.Run(() => RunClientAsync(address, requests, tally, started, atMost, cancellationToken), cancellationToken)));
        return tally.ToOutcome(TimeProvider.System.GetElapsedTime(started));
    }

    private static async Task RunClientAsync(
        Uri address, IEnumerable<byte[]> requests, Tally tally, long started, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var connection = new HttpConnection(address);
        foreach (var request in requests)
        {
            if (TimeProvider.System.GetElapsedTime(started) >= atMost)
            {
                return;
            }

            var sent = TimeProvider.System.GetTimestamp();
            var answer = await connection.SendAsync(request, cancellationToken);
            tally.Add(answer, TimeProvider.System.GetElapsedTime(sent));
        }
    }
}
