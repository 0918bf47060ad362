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
            create table bench.facts (report_id uuid not null, field text not null, value text not null, primary key (report_id, field));
            create table bench.counties (county int primary key, submitted bigint not null) with (fillfactor = 20);
            """);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Nobody empties the anchors' outbox; a full one would slow them down from cycle to cycle.</summary>
    public static async Task EmptyOutboxAsync(NpgsqlDataSource postgres, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand("truncate bench.outbox_messages");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task EmptyAsync(NpgsqlDataSource postgres, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand("truncate bench.outbox_messages, bench.revisions, bench.facts, bench.counties");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
