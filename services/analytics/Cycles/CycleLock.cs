using Npgsql;

namespace Gengdu.Analytics.Cycles;

/// <summary>
/// One writer of figures a cycle at a time, over all processes, until its transaction ends. Every batch touches the
/// province's row anyway; taking one lock first, in a fixed order, leaves no other order to deadlock in, and a recount
/// behind the lock sees everything that committed before it.
/// </summary>
internal static class CycleLock
{
    // A late programme or a rebuild holds the lock for as long as the whole province takes.
    private const int PatienceSeconds = 300;

    public static Task TakeAsync(NpgsqlConnection connection, IReadOnlyCollection<Guid> cycleIds, CancellationToken cancellationToken) =>
        TakeAsync(connection, [.. cycleIds.Select(id => $"cycle {id}")], cancellationToken);

    /// <summary>Comes before any cycle's lock: it keeps a cycle and its programme from arriving past each other unseen.</summary>
    public static Task TakeForProgrammeAsync(NpgsqlConnection connection, string key, string version, CancellationToken cancellationToken) =>
        TakeAsync(connection, [$"programme {key} {version}"], cancellationToken);

    private static async Task TakeAsync(NpgsqlConnection connection, string[] names, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            select pg_advisory_xact_lock(number) from (
              select distinct hashtextextended(name, 7305) as number from unnest($1) name order by number) locks
            """, connection)
        { CommandTimeout = PatienceSeconds };
        command.Parameters.AddWithValue(names);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
