using System.Diagnostics.Metrics;
using System.Numerics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Gengdu.ServiceDefaults;

/// <summary>
/// Work that comes round by itself, beside the requests. Whatever a round throws is logged and counted, and the next one comes:
/// a service that answers people must not end because of a row in the background.
/// </summary>
public static partial class Rounds
{
    /// <summary>Name of the meter.</summary>
    public const string Meter = "Gengdu.Work";

    /// <summary>However often it fails, work that comes round quickly is tried again within half a minute.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly Meter s_meter = new(Meter);
    private static readonly Counter<long> s_failed = s_meter.CreateCounter<long>("gengdu.work.failed", description: "Rounds, or single parts of one, that failed");

    /// <summary>Now, and then at each beat until the service stops; after failures in a row some beats are left out.</summary>
    /// <param name="work">What it is, for logs and figures: "peer-figures".</param>
    /// <param name="every">The beat.</param>
    /// <param name="round">One round.</param>
    /// <param name="clock">Whose beat.</param>
    /// <param name="logger">Of whose work it is.</param>
    /// <param name="stopping">The service stops.</param>
    /// <param name="atOnce">Whether the first round waits for the first beat.</param>
    /// <param name="resting">The longest rest after failures: none for what others rely on at each beat.</param>
    /// <param name="level">How loud a failure is.</param>
    public static async Task RunAsync(
        string work, TimeSpan every, Func<CancellationToken, Task> round, TimeProvider clock, ILogger logger, CancellationToken stopping, bool atOnce = false, TimeSpan? resting = null,
        LogLevel level = LogLevel.Warning)
    {
        ArgumentNullException.ThrowIfNull(round);
        using var timer = new PeriodicTimer(every, clock);
        var (failures, leftOut) = (0, atOnce ? 0 : 1);
        do
        {
            if (--leftOut >= 0)
            {
                continue;
            }

            try
            {
                await round(stopping);
                failures = 0;
            }
            catch (Exception fault) when (!stopping.IsCancellationRequested)
            {
                failures++;
                leftOut = BeatsLeftOut(failures, every, resting ?? Longest);
                Failed(work, logger, fault, failures, level);
            }
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    /// <summary>Work to be done once after the start: again, ever more rarely, until it is done.</summary>
    public static async Task UntilDoneAsync(string work, Func<CancellationToken, Task> act, TimeProvider clock, ILogger logger, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(act);
        for (var failures = 0; ;)
        {
            try
            {
                await act(stopping);
                return;
            }
            catch (Exception fault) when (!stopping.IsCancellationRequested)
            {
                Failed(work, logger, fault, ++failures);
                await Task.Delay(TimeSpan.FromSeconds(Math.Min(1 << Math.Min(failures - 1, 5), 30)), clock, stopping);
            }
        }
    }

    /// <summary>For work with a loop of its own, and for one part of a round that must not hold up the others.</summary>
    public static void Failed(string work, ILogger logger, Exception fault, int inARow = 1, LogLevel level = LogLevel.Warning)
    {
        s_failed.Add(1, new KeyValuePair<string, object?>("work", work));
        // The first time, and then ever more rarely: the counter has them all.
        if (BitOperations.IsPow2(inARow))
        {
            Log.Failed(logger, level, fault, work, inARow);
        }
    }

    /// <summary>How many beats rest after so many failures in a row.</summary>
    public static int BeatsLeftOut(int failures, TimeSpan every, TimeSpan longest) =>
        (int)Math.Min((1 << Math.Min(failures - 1, 16)) - 1, longest / every);

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Message = "{Work} failed ({InARow} in a row); it is tried again by itself")]
        public static partial void Failed(ILogger logger, LogLevel level, Exception fault, string work, int inARow);
    }
}

/// <summary>Wakes one piece of background work of this process as soon as there is something to do. What other processes left is found by polling.</summary>
public abstract class WakeSignal
{
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Call after a commit. Cheap, never blocks, never throws; calls while it works count as one.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Returns when woken, or when <paramref name="atMost"/> is over.</summary>
    /// <exception cref="OperationCanceledException">The work is to end.</exception>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(atMost);
        try
        {
            await _wake.Reader.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The poll interval is over: look for what other processes committed.
        }
    }
}
