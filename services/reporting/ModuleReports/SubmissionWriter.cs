using System.Threading.Channels;
using Gengdu.Messaging;
using Gengdu.ServiceDefaults;
using Npgsql;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>
/// Group commit (ADR 0008): submissions that arrive while a commit is under way share the next one. An idle writer takes a
/// lone submission at once, so grouping costs no waiting. A group that the database refuses is tried one by one, so that
/// nobody is refused for a neighbour's fault; when the database does not answer, everyone hears so at once and tries again
/// with the same key.
/// </summary>
internal sealed partial class SubmissionWriter(Database database, OutboxSignal outbox, ILogger<SubmissionWriter> logger) : BackgroundService
{
    private const int Writers = 2;
    private const int GroupSize = 32;
    private const int QueueLimit = 1000;

    private readonly Channel<Waiting> _queue = Channel.CreateBounded<Waiting>(QueueLimit);

    /// <summary>Completes after the commit.</summary>
    /// <returns>false when the module report was changed meanwhile: nothing was written.</returns>
    public async Task<bool> WriteAsync(Submission submission, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(submission, new(TaskCreationOptions.RunContinuationsAsynchronously), cancellationToken);
        await _queue.Writer.WriteAsync(waiting, cancellationToken);
        return await waiting.Written.Task.WaitAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
    }

    // What was taken into the queue is written even while the service stops: the loops end when the queue is empty.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => WriteGroupsAsync()));

    private async Task WriteGroupsAsync()
    {
        var group = new List<Waiting>(GroupSize);
        while (await _queue.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < GroupSize && _queue.Reader.TryRead(out var waiting))
            {
                // Who hung up is not waited for.
                if (!waiting.Abandoned.IsCancellationRequested)
                {
                    group.Add(waiting);
                }
            }

            await WriteAsync(group);
        }
    }

    private async Task WriteAsync(List<Waiting> group)
    {
        // Two groups lock the same rows in the same order, so they cannot wait for each other.
        group.Sort((a, b) => a.Submission.ModuleReport.Id.CompareTo(b.Submission.ModuleReport.Id));
        try
        {
            await CommitAsync(group);
        }
        catch (PostgresException fault) when (group.Count > 1)
        {
            Log.GroupFailed(logger, fault, group.Count);
            foreach (var waiting in group)
            {
                await WriteAloneAsync(waiting);
            }
        }
        catch (Exception fault)
        {
            Fail(group, fault);
        }
    }

    private async Task WriteAloneAsync(Waiting waiting)
    {
        try
        {
            await CommitAsync([waiting]);
        }
        catch (Exception fault)
        {
            Fail([waiting], fault);
        }
    }

    private async Task CommitAsync(List<Waiting> group)
    {
        if (group.Count == 0)
        {
            return;
        }

        await using var connection = await database.System.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = Submission.CommandFor([.. group.Select(waiting => waiting.Submission)]);
        (command.Connection, command.Transaction, command.CommandTimeout) = (connection, transaction, Budgets.StatementSeconds);

        // Once a connection: planning the statement costs several times its execution.
        await command.PrepareAsync();
        var written = new HashSet<Guid>(group.Count);
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                written.Add(reader.GetGuid(0));
            }
        }

        FaultPoints.Pass(FaultPoints.BeforeCommit);
        await transaction.CommitAsync();
        FaultPoints.Pass(FaultPoints.AfterCommit);
        outbox.Wake();
        foreach (var waiting in group)
        {
            waiting.Written.TrySetResult(written.Contains(waiting.Submission.Message.Id));
        }
    }

    private static void Fail(List<Waiting> group, Exception fault)
    {
        foreach (var waiting in group)
        {
            waiting.Written.TrySetException(fault);
        }
    }

    private sealed record Waiting(Submission Submission, TaskCompletionSource<bool> Written, CancellationToken Abandoned);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A group of {Count} submissions was rolled back; each is tried alone")]
        public static partial void GroupFailed(ILogger logger, Exception fault, int count);
    }
}
