using Npgsql;
using RabbitMQ.Client;

namespace Gengdu.Benchmarks.Bare;

/// <summary>The outbox of the bare pipeline: takes rows in batches, publishes them, awaits the confirms together, deletes the rows.</summary>
internal sealed class BareRelay(NpgsqlDataSource postgres, Uri broker)
{
    public const string Queue = "bench-bare";
    private const int BatchSize = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    public void Start() => _ = Task.Run(RelayAsync);

    /// <summary>As ours: durable, replicated were there more than one node.</summary>
    public static Task DeclareAsync(IChannel channel) => channel.QueueDeclareAsync(
        Queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });

    private async Task RelayAsync()
    {
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        // No limiter of the library's own: with as many permits as messages are under way it slows to a few hundred a second.
        await using var channel = await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null));
        await DeclareAsync(channel);
        while (true)
        {
            if (await RelayBatchAsync(channel) < BatchSize)
            {
                await Task.Delay(Pause);
            }
        }
    }

    private async Task<int> RelayBatchAsync(IChannel channel)
    {
        await using var connection = await postgres.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var rows = new List<(Guid Id, byte[] Body)>();
        await using (var take = new NpgsqlCommand($"select id, convert_to(body, 'UTF8') from bench.outbox_messages order by id limit {BatchSize} for update skip locked", connection))
        await using (var reader = await take.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                rows.Add((reader.GetGuid(0), (byte[])reader[1]));
            }
        }

        if (rows.Count == 0)
        {
            return 0;
        }

        await Task.WhenAll(rows.Select(row => channel.BasicPublishAsync(
            "", Queue, mandatory: true, new BasicProperties { Persistent = true, MessageId = row.Id.ToString() }, row.Body).AsTask()));
        await using (var forget = new NpgsqlCommand("delete from bench.outbox_messages where id = any($1)", connection) { Parameters = { new() { Value = rows.Select(row => row.Id).ToArray() } } })
        {
            await forget.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
        return rows.Count;
    }
}
