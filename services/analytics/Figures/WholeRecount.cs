using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Programmes;
using Npgsql;

namespace Gengdu.Analytics.Figures;

/// <summary>Every figure of a cycle anew from its stored revisions, in the caller's transaction and behind the cycle's lock.</summary>
internal sealed class WholeRecount(ProgrammeShelf programmes)
{
    private const int SchoolsAtOnce = 500;

    /// <returns>What was looked at, and how many rows had to be changed.</returns>
    public async Task<RecountResult> RunAsync(NpgsqlConnection connection, Guid cycleId, CancellationToken cancellationToken)
    {
        var (organisations, paths) = await RosterAsync(connection, cycleId, cancellationToken);
        var differences = 0;
        var nodes = new HashSet<string>();
        if (await CycleFacts.FindAsync(connection, programmes, cycleId, cancellationToken) is { } cycle)
        {
            var modules = cycle.Formulas.OfSchools.SelectMany(formula => formula.Indicator.ModulesUsed).Distinct().ToArray();
            foreach (var some in organisations.Chunk(SchoolsAtOnce))
            {
                var schools = (await ReportingSchool.LoadAsync(connection, cycleId, some, modules, cancellationToken)).Where(school => school.Level == "school").ToArray();
                var rows = schools.SelectMany(school => SchoolFigures.Of(cycle, school, cycle.Formulas.OfSchools)).ToArray();
                differences += await ExecuteAsync(connection, batch => SchoolFigures.AddStore(batch, cycleId, rows), cancellationToken);
                nodes.UnionWith(schools.Select(school => school.NodePath));
            }

            var pairs = nodes.SelectMany(node => cycle.Formulas.OfSchools.Select(formula => (node, formula.Indicator.Id)));
            differences += await ExecuteAsync(connection, batch => RollUp.AddFigures(batch, cycleId, pairs, cycle.Formulas), cancellationToken);
        }

        differences += await ExecuteAsync(connection, batch => RollUp.AddCompleteness(batch, cycleId, paths), cancellationToken);
        return new(organisations.Length, differences);
    }

    private static async Task<(Guid[] Organisations, string[] Paths)> RosterAsync(NpgsqlConnection connection, Guid cycleId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select organisation_id, path from roster_entries where cycle_id = $1 order by path", connection);
        command.Parameters.AddWithValue(cycleId);
        var (organisations, paths) = (new List<Guid>(), new List<string>());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            organisations.Add(reader.GetGuid(0));
            paths.Add(reader.GetString(1));
        }

        return ([.. organisations.Distinct()], [.. paths]);
    }

    private static async Task<int> ExecuteAsync(NpgsqlConnection connection, Action<NpgsqlBatch> add, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { Timeout = 300 };
        add(batch);
        return batch.BatchCommands.Count == 0 ? 0 : await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>What a recount of a whole cycle found.</summary>
/// <param name="Organisations">On the roster.</param>
/// <param name="Differences">Rows that were not what their facts say, and now are.</param>
internal readonly record struct RecountResult(int Organisations, int Differences);
