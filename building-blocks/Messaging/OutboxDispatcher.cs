using System.Diagnostics;
using Gengdu.ServiceDefaults;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gengdu.Messaging;

/// <summary>
/// Publishes what the outbox holds: leases a batch, publishes it with mandatory routing, awaits the confirms together,
/// deletes the rows. A crash at any point leaves the rows, so they are published again under the same message id.
/// </summary>
internal sealed partial class OutboxDispatcher(
    Database database, IBus bus, OutboxSignal signal, PostgresReadiness postgres, IEnumerable<Announcement> announcements, TimeProvider clock, ILogger<OutboxDispatcher> logger) : BackgroundService
{
    private readonly HashSet<string> _announced = [.. announcements.Select(announcement => announcement.Type)];

    internal static readonly ActivitySource Activities = new("Gengdu.Messaging");
    private const int BatchSize = 200;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PublishTimeout = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await postgres.WhenReadyAsync(stoppingToken);
        for (var failures = 0; !stoppingToken.IsCancellationRequested;)
        {
            try
            {
                if (await DispatchBatchAsync(stoppingToken) < BatchSize)
                {
                    await signal.WaitAsync(PollEvery, stoppingToken);
                }

                failures = 0;
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                Rounds.Failed("outbox", logger, fault, ++failures);
                await Task.Delay(PollEvery, stoppingToken);
            }
        }
    }

    private async Task<int> DispatchBatchAsync(CancellationToken cancellationToken)
    {
        var token = Guid.CreateVersion7(clock.GetUtcNow());
        var rows = await LeaseAsync(token, cancellationToken);
        if (rows.Count == 0)
        {
            return 0;
        }

        FaultPoints.Pass(FaultPoints.Leased);
        var sending = new List<Task<bool>>(rows.Count);
        foreach (var row in rows)
        {
            if (sending.Count == rows.Count / 2)
            {
                FaultPoints.Pass(FaultPoints.HalfBatch);
            }

            sending.Add(PublishAsync(row, cancellationToken));
        }

        FaultPoints.Pass(FaultPoints.Published);
        var confirmed = await Task.WhenAll(sending);
        FaultPoints.Pass(FaultPoints.Confirmed);
        foreach (var (i, row) in rows.Index())
        {
            OutboxMeter.Record(row.Type, row.Id, confirmed[i], clock.GetUtcNow());
        }

        await SettleAsync(token, rows.Where((_, i) => confirmed[i]).Select(r => r.Id).ToArray(), rows.Where((_, i) => !confirmed[i]).Select(r => r.Id).ToArray(), cancellationToken);
        return confirmed.Any(c => c) ? rows.Count : 0;
    }

    private async Task<List<Row>> LeaseAsync(Guid token, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        // An array, computed once: "in (select …)" may be planned as a join that runs the locking query again for every row, and
        // after a bulk import, when statistics still call the table empty, that took half a minute a batch.
        await using var command = database.System.CreateCommand("""
            update outbox_messages set lease_token = $1, leased_until = $2
            where id = any(array(
              select id from outbox_messages
              where not_before <= $3 and (leased_until is null or leased_until < $3)
              order by id limit $4
              for update skip locked))
            returning id, type, body, trace_parent
            """);
        command.Parameters.AddWithValue(token);
        command.Parameters.AddWithValue(now + Lease);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(BatchSize);
        var rows = new List<Row>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3)));
        }

        rows.Sort((a, b) => a.Id.CompareTo(b.Id));
        return rows;
    }

    private async Task<bool> PublishAsync(Row row, CancellationToken cancellationToken)
    {
        using var activity = Activities.StartActivity("outbox publish", ActivityKind.Producer, row.TraceParent);
        try
        {
            var message = OutboxMessage.Read(row.Type, row.Body);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(PublishTimeout);
            await bus.Publish(message, message.GetType(), Pipe.Execute<PublishContext>(context =>
            {
                context.MessageId = row.Id;
                // A confirm alone proves nothing when no queue is bound: the broker confirms what it throws away.
                if (context.TryGetPayload(out RabbitMqSendContext? rabbit))
                {
                    rabbit.Mandatory = !_announced.Contains(row.Type);
                }
            }), patience.Token);
            return true;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            Log.PublishFailed(logger, row.Id, row.Type, fault.GetType().Name, fault.Message);
            return false;
        }
    }

    private async Task SettleAsync(Guid token, Guid[] confirmed, Guid[] failed, CancellationToken cancellationToken)
    {
        await using var batch = database.System.CreateBatch();
        batch.BatchCommands.Add(new("delete from outbox_messages where id = any($1) and lease_token = $2") { Parameters = { new() { Value = confirmed }, new() { Value = token } } });
        if (failed.Length > 0)
        {
            // Not known to be routed: tried again later, ever more slowly, at most a minute apart.
            batch.BatchCommands.Add(new("""
                update outbox_messages set lease_token = null, leased_until = null, attempts = attempts + 1,
                  not_before = $3 + least(60, power(2, least(attempts, 6))) * interval '1 second'
                where id = any($1) and lease_token = $2
                """)
            { Parameters = { new() { Value = failed }, new() { Value = token }, new() { Value = clock.GetUtcNow() } } });
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed record Row(Guid Id, string Type, string Body, string? TraceParent);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Outbox row {Id} ({Type}) was not published and stays pending: {Fault}: {Reason}")]
        public static partial void PublishFailed(ILogger logger, Guid id, string type, string fault, string reason);
    }
}
