using System.Threading.Channels;
using Gengdu.ServiceDefaults;
using Microsoft.Extensions.Hosting;

namespace Gengdu.Audit;

/// <summary>
/// Writes what was seen and what was denied, where there is no transaction to go along with: acts of many requests share one
/// round trip, and each waits for it before its answer leaves. When the database refuses, everyone waiting hears so.
/// </summary>
internal sealed class AuditWriter(Database database, AuditSignal signal) : BackgroundService
{
    private const int GroupSize = 200;
    private const int QueueLimit = 5000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly Channel<Waiting> _queue = Channel.CreateBounded<Waiting>(QueueLimit);

    /// <summary>Completes after the commit.</summary>
    public async Task WriteAsync(AuditPending row, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(row, new(TaskCreationOptions.RunContinuationsAsynchronously));
        await _queue.Writer.WriteAsync(waiting, cancellationToken);
        await waiting.Written.Task.WaitAsync(Patience, cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
    }

    // What was taken into the queue is written even while the service stops.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var group = new List<Waiting>(GroupSize);
        while (await _queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            group.Clear();
            while (group.Count < GroupSize && _queue.Reader.TryRead(out var waiting))
            {
                group.Add(waiting);
            }

            await WriteAsync(group);
        }
    }

    private async Task WriteAsync(List<Waiting> group)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            await using var connection = await database.System.OpenConnectionAsync(patience.Token);
            await AuditPending.InsertAsync(connection, [.. group.Select(waiting => waiting.Row)], patience.Token);
            signal.Wake();
            group.ForEach(waiting => waiting.Written.TrySetResult());
        }
        catch (Exception fault)
        {
            group.ForEach(waiting => waiting.Written.TrySetException(new AuditUnavailableException(fault)));
        }
    }

    private sealed record Waiting(AuditPending Row, TaskCompletionSource Written);
}

/// <summary>The act could not be written down, so it does not take place: 503, like a database that is away.</summary>
public sealed class AuditUnavailableException : TimeoutException
{
    internal AuditUnavailableException(Exception fault)
        : base("The audit could not be written", fault)
    {
    }
}
