using System.Buffers.Text;
using Gengdu.Benchmarks.Load;

namespace Gengdu.Benchmarks.Measures;

/// <summary>A dashboard that somebody reloads all the time: when did it first count the n-th submission?</summary>
internal sealed class CountedPage(Uri address, byte[] request) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private readonly HttpConnection _connection = new(address);
    private readonly Tally _polls = new();

    /// <summary>Of the n-th submission that was counted since <see cref="WatchAsync"/> began.</summary>
    public List<long> Seen { get; } = [];

    public Outcome Polls => _polls.ToOutcome(default);

    /// <summary>What it counts now. Fifty times: the first readers of a process wait for the compiler, and that is not what is asked.</summary>
    public async Task<int> WarmAsync(CancellationToken cancellationToken)
    {
        var counted = 0;
        for (var i = 0; i < 50; i++)
        {
            var answer = await _connection.SendAsync(request, cancellationToken);
            counted = answer.Succeeded ? Counted(answer.Body.Span) : throw new InvalidOperationException($"The dashboard answers {answer.Status}");
        }

        return counted;
    }

    /// <summary>Until it counts so many more than before, or is told to stop.</summary>
    public async Task WatchAsync(int before, int more, CancellationToken cancellationToken)
    {
        Seen.Clear();
        try
        {
            while (Seen.Count < more)
            {
                var asked = TimeProvider.System.GetTimestamp();
                var answer = await _connection.SendAsync(request, cancellationToken);
                var now = TimeProvider.System.GetTimestamp();
                _polls.Add(answer, TimeProvider.System.GetElapsedTime(asked, now));
                Seen.AddRange(Enumerable.Repeat(now, Math.Max(0, Math.Min(more, Counted(answer.Body.Span) - before) - Seen.Count)));
                await Task.Delay(Pause, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (Seen.Count < more)
        {
            // Not everything became visible in time: the caller says so.
        }
    }

    public void Dispose() => _connection.Dispose();

    // The head of the answer counts the whole province; the children follow later in the text.
    private static int Counted(ReadOnlySpan<byte> body)
    {
        var at = body.IndexOf("\"submitted\":"u8);
        return at >= 0 && Utf8Parser.TryParse(body[(at + 12)..], out int submitted, out _) ? submitted : 0;
    }
}
