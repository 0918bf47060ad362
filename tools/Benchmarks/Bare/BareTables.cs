using Npgsql;

namespace Gengdu.Benchmarks.Bare;

/// <summary>The anchors' tables: the same columns and indexes as ours, in a schema that is thrown away.</summary>
internal static class BareTables
{
    public static async Task CreateAsync(NpgsqlDataSource postgres, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand("""
            drop schema if exists bench cascade;
            create schema bench;
            create table bench.revisions (like reporting.revisions including all);
            create table bench.outbox_messages (like reporting.outbox_messages including all);
            """);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Nobody empties the anchors' outbox; a full one would slow them down from cycle to cycle.</summary>
    public static async Task EmptyOutboxAsync(NpgsqlDataSource postgres, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand("truncate bench.outbox_messages");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
