using Npgsql;

namespace Gengdu.Organisations;

/// <summary>
/// Whoever copies a path from the replica into rows of its own shares this lock until its transaction ends; the consumer that
/// changes paths holds it alone. So no row can be written with a path that is just being replaced, and moves and the work
/// on the rows they rewrite have one order, in which they wait and cannot deadlock. Taken first in a transaction.
/// </summary>
public static class TreeLock
{
    // A move behind a long recount waits for it rather than failing.
    private const int PatienceSeconds = 300;

    /// <summary>The tree stands still until the end of the transaction.</summary>
    public static Task ShareAsync(NpgsqlConnection connection, CancellationToken cancellationToken) => TakeAsync(connection, "_shared", cancellationToken);

    /// <summary>Nobody else copies paths until the end of the transaction.</summary>
    public static Task HoldAsync(NpgsqlConnection connection, CancellationToken cancellationToken) => TakeAsync(connection, "", cancellationToken);

    private static async Task TakeAsync(NpgsqlConnection connection, string mode, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"select pg_advisory_xact_lock{mode}(hashtextextended(current_schema() || ' tree', 7305))", connection) { CommandTimeout = PatienceSeconds };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
