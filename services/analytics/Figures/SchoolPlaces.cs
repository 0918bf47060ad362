using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Programmes;
using Gengdu.Analytics.Quality;
using Gengdu.Organisations;
using Npgsql;

namespace Gengdu.Analytics.Figures;

/// <summary>
/// Moves organisations within the cycles that have them on their roster (ADR 0014): the roster and the schools' own rows get
/// the place, then what they left and what they came to is recounted from below up to the province. Nothing is added or
/// taken off a sum, so moves, submissions and closings may come in any order.
/// </summary>
internal sealed class SchoolPlaces(ProgrammeShelf programmes)
{
    private const int PatienceSeconds = 120;

    // Cycles in which one of them stands elsewhere, and those with a node that had no name until now.
    private static readonly string Affected = $"""
        select r.cycle_id from roster_entries r left join cycle_closings c on c.cycle_id = r.cycle_id
        where r.organisation_id = any($1) and r.path <> {Places.InCycle("r.organisation_id", "c.closed_at", "r.path")}
        union
        select n.cycle_id from node_completeness n where n.organisation_id is null and n.path = any(select o.path from organisations o where o.id = any($1))
        order by 1
        """;

    private static readonly string Move = $"""
        with due as (
          select r.report_id, r.path as old_path, r.node_path as old_node, {Places.InCycle("r.organisation_id", "c.closed_at", "r.path")} as path
          from roster_entries r left join cycle_closings c on c.cycle_id = r.cycle_id
          where r.cycle_id = $1 and ($2::uuid[] is null or r.organisation_id = any($2))
        ), moved as (
          update roster_entries r set path = d.path, node_path = regexp_replace(d.path, '[^/]+/$', '') from due d
          where r.cycle_id = $1 and r.report_id = d.report_id and r.path <> d.path
          returning r.organisation_id, r.level, d.old_path, d.old_node, r.path, r.node_path
        ), carried as (
          update school_indicators s set path = m.path, node_path = m.node_path from moved m
          where m.level = 'school' and s.cycle_id = $1 and s.node_path = m.old_node and s.organisation_id = m.organisation_id
        )
        select old_path, path, case when level = 'school' then old_node end, case when level = 'school' then node_path end from moved
        union
        select n.path, n.path, null, null from node_completeness n
        where n.cycle_id = $1 and n.organisation_id is null and n.path = any(select o.path from organisations o where o.id = any($2))
        """;

    /// <summary>After moves, in the transaction of the replica; the tree's lock is held.</summary>
    public async Task FollowAsync(NpgsqlConnection connection, Guid[] organisationIds, CancellationToken cancellationToken)
    {
        var cycles = await AffectedAsync(connection, organisationIds, cancellationToken);
        if (cycles.Count == 0)
        {
            return;
        }

        await CycleLock.TakeAsync(connection, cycles, cancellationToken);
        foreach (var cycleId in cycles)
        {
            await MoveAsync(connection, cycleId, organisationIds, cancellationToken);
        }
    }

    /// <summary>When a cycle closes, behind its lock: a move that was made later and is known already leaves it again.</summary>
    public Task FollowAsync(NpgsqlConnection connection, Guid cycleId, CancellationToken cancellationToken) => MoveAsync(connection, cycleId, null, cancellationToken);

    private static async Task<List<Guid>> AffectedAsync(NpgsqlConnection connection, Guid[] organisationIds, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Affected, connection) { CommandTimeout = PatienceSeconds };
        command.Parameters.AddWithValue(organisationIds);
        var cycles = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            cycles.Add(reader.GetGuid(0));
        }

        return cycles;
    }

    private async Task MoveAsync(NpgsqlConnection connection, Guid cycleId, Guid[]? organisationIds, CancellationToken cancellationToken)
    {
        var (places, nodes) = (new HashSet<string>(), new HashSet<string>());
        await using (var command = new NpgsqlCommand(Move, connection) { CommandTimeout = PatienceSeconds })
        {
            command.Parameters.AddWithValue(cycleId);
            command.Parameters.Add(new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Uuid, Value = (object?)organisationIds ?? DBNull.Value });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                places.UnionWith([reader.GetString(0), reader.GetString(1)]);
                if (!await reader.IsDBNullAsync(2, cancellationToken))
                {
                    nodes.UnionWith([reader.GetString(2), reader.GetString(3)]);
                }
            }
        }

        if (places.Count == 0)
        {
            return;
        }

        await using var batch = new NpgsqlBatch(connection) { Timeout = PatienceSeconds };
        if (nodes.Count > 0 && await CycleFacts.FindAsync(connection, programmes, cycleId, cancellationToken) is { } cycle)
        {
            RollUp.AddFigures(batch, cycleId, nodes.SelectMany(node => cycle.Formulas.OfSchools.Select(formula => (node, formula.Indicator.Id))), cycle.Formulas, leaving: true);
        }

        RollUp.AddCompleteness(batch, cycleId, places, leaving: true);
        if (nodes.Count > 0)
        {
            batch.BatchCommands.Add(QualityMark.OfPlaces(cycleId, [.. nodes]));
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
