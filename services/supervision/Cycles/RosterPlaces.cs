using Gengdu.Organisations;
using Npgsql;

namespace Gengdu.Supervision.Cycles;

/// <summary>The rosters of open cycles follow the tree, those of closed ones stay at the place of the fact (ADR 0014). Behind the <see cref="TreeLock"/>.</summary>
internal static class RosterPlaces
{
    private const int PatienceSeconds = 120;

    private static readonly string Follow = $"""
        with due as (
          select r.report_id, {Places.InCycle("r.organisation_id", "c.closed_at", "r.organisation_path")} as path
          from roster r left join cycle_closings c on c.cycle_id = r.cycle_id where r.organisation_id = any($1) or r.cycle_id = $2
        )
        update roster r set organisation_path = due.path from due where r.report_id = due.report_id and r.organisation_path <> due.path
        """;

    /// <summary>After moves, in the transaction of the replica.</summary>
    public static Task FollowAsync(NpgsqlConnection connection, Guid[] organisationIds, CancellationToken cancellationToken) =>
        ExecuteAsync(connection, organisationIds, DBNull.Value, cancellationToken);

    /// <summary>When a cycle closes: a move that was made afterwards and came before is taken back.</summary>
    public static Task FollowAsync(NpgsqlConnection connection, Guid cycleId, CancellationToken cancellationToken) =>
        ExecuteAsync(connection, [], cycleId, cancellationToken);

    private static async Task ExecuteAsync(NpgsqlConnection connection, Guid[] organisationIds, object cycleId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Follow, connection) { CommandTimeout = PatienceSeconds };
        command.Parameters.AddWithValue(organisationIds);
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid, Value = cycleId });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
