using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Figures;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Npgsql;
using NpgsqlTypes;

namespace Gengdu.Analytics.Dashboards;

/// <summary>One row of node_figures, or of a school's indicators beside it.</summary>
internal readonly record struct FigureRow(decimal? Numerator, decimal? Denominator, int Reported, int Due, int Approved, double? Median, DateTimeOffset? AsOf);

/// <summary>A place directly below, that the caller may see.</summary>
internal sealed record ChildRow(OrganisationResponse Organisation, Completeness Completeness, Dictionary<string, FigureRow> Figures);

/// <summary>All that a node's dashboard shows, read from the roll-up tables in one round trip.</summary>
internal sealed class NodeRows
{
    private const int ExcludedShown = 20;

    public required IReadOnlyList<ParentResponse> Parents { get; init; }

    public required Completeness Completeness { get; init; }

    public required Dictionary<string, FigureRow> Figures { get; init; }

    public required ILookup<string, ExcludedResponse> Excluded { get; init; }

    public required IReadOnlyList<ChildRow> Children { get; init; }

    /// <param name="excludedOf">Indicators whose schools without a value are named; a page that shows one number names those of one.</param>
    /// <param name="below">Indicators of the places directly below; null for all. For none these places are not read at all.</param>
    public static async Task<NodeRows> ReadAsync(
        NpgsqlConnection connection, DashboardHead head, Caller caller, Guid cycleId, IEnumerable<string> excludedOf, CancellationToken cancellationToken, string[]? below = null)
    {
        await using var batch = new NpgsqlBatch(connection) { Timeout = Budgets.StatementSeconds };
        batch.BatchCommands.Add(head.ParentsCommand());
        batch.BatchCommands.Add(new($"select {Completeness.Columns} from node_completeness n where n.cycle_id = $1 and n.path = $2")
        { Parameters = { new() { Value = cycleId }, new() { Value = head.CyclePath } } });
        batch.BatchCommands.Add(new("""
            select indicator, numerator, denominator, reported, due, approved, median, as_of from node_figures where cycle_id = $1 and path = $2
            """)
        { Parameters = { new() { Value = cycleId }, new() { Value = head.CyclePath } } });
        // Named to those who see the schools; a department's own people see the totals alone.
        batch.BatchCommands.Add(new($"""
            select i.indicator, x.organisation_id, x.reason from unnest($3::text[]) as i(indicator) cross join lateral (
              select s.organisation_id, s.reason from school_indicators s
              where s.cycle_id = $1 and s.indicator = i.indicator and s.path >= $2 and s.path < $4 and {SchoolIndicator.ExcludedSql}
                and (s.path = any($5) or s.path ^@ any($6))
              order by s.path limit {ExcludedShown}) x
            """)
        {
            Parameters =
            {
                new() { Value = cycleId }, new() { Value = head.CyclePath },
                new() { Value = excludedOf.ToArray() }, new() { Value = TreePath.End(head.CyclePath) },
                new() { Value = caller.OwnPaths() }, new() { Value = caller.SubtreePaths() },
            },
        });
        if (below is not [])
        {
            AddBelow(batch, head, caller, cycleId, below);
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return await ReadAsync(reader, cancellationToken);
    }

    private static void AddBelow(NpgsqlBatch batch, DashboardHead head, Caller caller, Guid cycleId, string[]? below)
    {
        batch.BatchCommands.Add(new($"""
            select o.id, o.code, o.name_zh, o.name_en, o.level_roles, o.path, o.valid_to, n.path, {Completeness.Columns}
            from node_completeness n
            left join organisations p on n.organisation_id is null and p.path = n.path
            join organisations o on o.id = coalesce(n.organisation_id, p.id)
            where n.cycle_id = $1 and n.parent_path = $2 and {DashboardHead.SeenSql("o.id", "n.path", "$3", "$4")}
            order by o.code
            """)
        { Parameters = { new() { Value = cycleId }, new() { Value = head.CyclePath }, new() { Value = DashboardHead.Own(caller) }, new() { Value = caller.SubtreePaths() } } });
        batch.BatchCommands.Add(new($"""
            select path, indicator, numerator, denominator, reported, due, approved, median, as_of from node_figures
            where cycle_id = $1 and parent_path = $2 and ($3 is null or indicator = any($3))
            union all
            select path, indicator, numerator, denominator, (reason is null)::int, (reason is null or reason not in {SchoolIndicator.NotDueSql})::int,
              approved::int, null, as_of
            from school_indicators where cycle_id = $1 and node_path = $2 and ($3 is null or indicator = any($3))
            """)
        {
            Parameters =
            {
                new() { Value = cycleId }, new() { Value = head.CyclePath },
                new() { Value = (object?)below ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
            },
        });
    }

    private static async Task<NodeRows> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var parents = await DashboardHead.ReadParentsAsync(reader, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var completeness = await reader.ReadAsync(cancellationToken) ? Completeness.Read(reader, 0) : Completeness.None;
        await reader.NextResultAsync(cancellationToken);
        var figures = new Dictionary<string, FigureRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            figures[reader.GetString(0)] = ReadFigure(reader, 1);
        }

        await reader.NextResultAsync(cancellationToken);
        var excluded = new List<(string Indicator, ExcludedResponse Row)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            excluded.Add((reader.GetString(0), new(reader.GetGuid(1), reader.GetString(2))));
        }

        await reader.NextResultAsync(cancellationToken);
        var children = new Dictionary<string, ChildRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            children[reader.GetString(7)] = new(DashboardHead.ReadOrganisation(reader), Completeness.Read(reader, 8), []);
        }

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (children.TryGetValue(reader.GetString(0), out var child))
            {
                child.Figures[reader.GetString(1)] = ReadFigure(reader, 2);
            }
        }

        return new()
        {
            Parents = parents,
            Completeness = completeness,
            Figures = figures,
            Excluded = excluded.ToLookup(entry => entry.Indicator, entry => entry.Row),
            Children = [.. children.Values],
        };
    }

    internal static FigureRow ReadFigure(NpgsqlDataReader reader, int first) => new(
        reader.IsDBNull(first) ? null : reader.GetDecimal(first), reader.IsDBNull(first + 1) ? null : reader.GetDecimal(first + 1),
        reader.GetInt32(first + 2), reader.GetInt32(first + 3), reader.GetInt32(first + 4),
        reader.IsDBNull(first + 5) ? null : reader.GetDouble(first + 5),
        reader.IsDBNull(first + 6) ? null : reader.GetFieldValue<DateTimeOffset>(first + 6));
}
