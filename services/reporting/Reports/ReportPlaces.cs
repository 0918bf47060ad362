using Gengdu.Organisations;
using Npgsql;

namespace Gengdu.Reporting.Reports;

/// <summary>
/// Reports of open cycles follow the tree, those of closed ones stay with the path of the fact (ADR 0014). The version of a
/// module report does not grow: nobody's typing is refused because the school got another county meanwhile.
/// </summary>
internal static class ReportPlaces
{
    private const int PatienceSeconds = 120;

    // Module reports in the order of their ids, as submissions and reviews take them.
    private static readonly string Follow = $$"""
        with due as (
          select r.id, {{Places.InCycle("r.organisation_id", "c.closed_at", "r.organisation_path")}} as path
          from reports r join cycles c on c.id = r.cycle_id where r.organisation_id = any($1) or r.cycle_id = $2
        ), moved as (
          update reports r set organisation_path = due.path from due where r.id = due.id and r.organisation_path <> due.path returning r.id, r.organisation_path
        ), locked as (
          select m.id, moved.organisation_path as path from module_reports m join moved on moved.id = m.report_id order by m.id for update of m
        )
        update module_reports m set organisation_path = locked.path from locked where m.id = locked.id
        """;

    /// <summary>After moves, in the transaction of the replica.</summary>
    public static Task FollowAsync(IServiceProvider services, NpgsqlConnection connection, Guid[] organisationIds, CancellationToken cancellationToken) =>
        FollowAsync(connection, organisationIds, null, cancellationToken);

    /// <summary>When a cycle closes: a move that was made later and is known already leaves it again.</summary>
    public static Task FollowAsync(NpgsqlConnection connection, Guid cycleId, CancellationToken cancellationToken) => FollowAsync(connection, [], cycleId, cancellationToken);

    private static async Task FollowAsync(NpgsqlConnection connection, Guid[] organisationIds, Guid? cycleId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Follow, connection) { CommandTimeout = PatienceSeconds };
        command.Parameters.AddWithValue(organisationIds);
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid, Value = (object?)cycleId ?? DBNull.Value });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
