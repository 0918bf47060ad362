using MassTransit;
using Npgsql;

namespace Gengdu.Messaging;

/// <summary>Effect and inbox row in one transaction: a message takes effect once, however often it is delivered.</summary>
public static class Inbox
{
    /// <summary>
    /// For one-message consumers: opens a transaction, writes the inbox row, runs the consumer, saves, commits, then lets
    /// the broker forget the message. The consumer uses the scoped context and neither saves nor commits. The business key
    /// is still the consumer's own duty: a dead letter may be replayed after its inbox row was cleared.
    /// </summary>
    public static void UseInbox(this IReceiveEndpointConfigurator endpoint, IRegistrationContext context)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        endpoint.UseConsumeFilter(typeof(InboxFilter<>), context);
    }

    /// <summary>
    /// For batch consumers: inside the caller's transaction, records the messages and says which were not seen before.
    /// </summary>
    public static async Task<IReadOnlySet<Guid>> ReceiveNewAsync(
        NpgsqlConnection connection, string consumer, IReadOnlyCollection<Guid> messageIds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        await using var command = new NpgsqlCommand("""
            insert into inbox_messages (consumer, message_id, received_at)
            select $1, id, $3 from unnest($2) id order by id
            on conflict do nothing returning message_id
            """, connection);
        command.Parameters.AddWithValue(consumer);
        command.Parameters.AddWithValue(messageIds.ToArray());
        command.Parameters.AddWithValue(now);
        var fresh = new HashSet<Guid>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            fresh.Add(reader.GetGuid(0));
        }

        return fresh;
    }
}
