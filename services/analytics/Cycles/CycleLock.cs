using Gengdu.Analytics.Figures;
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

    /// <summary>Takes the locks and counts the cycles' figures on: whoever reads them knows that they may be others now.</summary>
    public static Task TakeAsync(NpgsqlConnection connection, IReadOnlyCollection<Guid> cycleIds, CancellationToken cancellationToken) =>
        TakeAsync(connection, [.. cycleIds.Select(id => $"cycle {id}")], FigureVersion.CountOn([.. cycleIds.Distinct()]), cancellationToken);

    /// <summary>Comes before any cycle's lock: it keeps a cycle and its programme from arriving past each other unseen.</summary>
    public static Task TakeForProgrammeAsync(NpgsqlConnection connection, string key, string version, CancellationToken cancellationToken) =>
        TakeAsync(connection, [$"programme {key} {version}"], null, cancellationToken);

    private static async Task TakeAsync(NpgsqlConnection connection, string[] names, NpgsqlBatchCommand? then, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { Timeout = PatienceSeconds };
        batch.BatchCommands.Add(new("""
            select pg_advisory_xact_lock(number) from (
              select distinct hashtextextended(name, 7305) as number from unnest($1) name order by number) locks
            """)
        { Parameters = { new() { Value = names } } });
        if (then is not null)
        {
            batch.BatchCommands.Add(then);
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
