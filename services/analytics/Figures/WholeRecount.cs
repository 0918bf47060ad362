using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Programmes;
using Gengdu.Analytics.Quality;
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
        var differences = await ForgetAsync(connection, cycleId, paths, cancellationToken);
        var nodes = new HashSet<string>();
        if (await CycleFacts.FindAsync(connection, programmes, cycleId, cancellationToken) is { } cycle)
        {
            var modules = cycle.Formulas.OfSchools.SelectMany(formula => formula.Indicator.ModulesUsed).Distinct().ToArray();
            foreach (var some in organisations.Chunk(SchoolsAtOnce))
            {
                var schools = (await ReportingSchool.LoadAsync(connection, cycleId, some, modules, cancellationToken)).Where(school => school.Level == "school").ToArray();
                await cycle.ReadAsync(connection, programmes, schools, cancellationToken);
                var rows = schools.SelectMany(school => SchoolFigures.Of(cycle, school, cycle.Formulas.OfSchools)).ToArray();
                differences += await ExecuteAsync(connection, batch => SchoolParts.Add(batch, cycleId, rows), cancellationToken);
                nodes.UnionWith(schools.Select(school => school.NodePath));
            }

            var pairs = nodes.SelectMany(node => cycle.Formulas.OfSchools.Select(formula => (node, formula.Indicator.Id)));
            differences += await ExecuteAsync(connection, batch => RollUp.AddFigures(batch, cycleId, pairs, cycle.Formulas), cancellationToken);
        }

        differences += await ExecuteAsync(connection, batch => RollUp.AddCompleteness(batch, cycleId, paths), cancellationToken);
        await ExecuteAsync(connection, batch => batch.BatchCommands.Add(QualityMark.OfCycle(cycleId)), cancellationToken);
        return new(organisations.Length, differences);
    }

    /// <summary>Takes away rows that nothing on the roster accounts for.</summary>
    public static async Task<int> ForgetAsync(NpgsqlConnection connection, Guid cycleId, CancellationToken cancellationToken) =>
        await ForgetAsync(connection, cycleId, (await RosterAsync(connection, cycleId, cancellationToken)).Paths, cancellationToken);

    /// <summary>Rows that nothing on the roster accounts for; there are none unless something went wrong.</summary>
    private static Task<int> ForgetAsync(NpgsqlConnection connection, Guid cycleId, string[] paths, CancellationToken cancellationToken)
    {
        string[] nodes = [.. paths.SelectMany(TreePath.Ancestors).Distinct()];
        string[] all = [.. paths.Concat(nodes).Distinct()];
        return ExecuteAsync(connection, batch =>
        {
            batch.BatchCommands.Add(new("""
                delete from school_indicators s where s.cycle_id = $1 and not exists (select 1 from roster_entries r
                  where r.cycle_id = $1 and r.organisation_id = s.organisation_id and r.level = 'school' and r.path = s.path and r.node_path = s.node_path)
                """)
            { Parameters = { new() { Value = cycleId } } });
            batch.BatchCommands.Add(new("delete from node_figures f where f.cycle_id = $1 and not exists (select 1 from unnest($2::text[]) p where p = f.path)")
            { Parameters = { new() { Value = cycleId }, new() { Value = nodes } } });
            batch.BatchCommands.Add(new("delete from node_completeness c where c.cycle_id = $1 and not exists (select 1 from unnest($2::text[]) p where p = c.path)")
            { Parameters = { new() { Value = cycleId }, new() { Value = all } } });
        }, cancellationToken);
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
