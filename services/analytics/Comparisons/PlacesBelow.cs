using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Figures;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Npgsql;

namespace Gengdu.Analytics.Comparisons;

/// <summary>A place to be compared, with the one above it in the cycle.</summary>
/// <param name="Path">In the cycle.</param>
internal sealed record PlaceBelow(OrganisationResponse Organisation, Guid? AboveId, string Path, Completeness Completeness);

/// <summary>What stands side by side below a place: everything directly below it, or all its counties wherever they hang.</summary>
internal static class PlacesBelow
{
    public const string Children = "children";
    public const string Counties = "counties";

    private const string Columns = $"""
        o.id, o.code, o.name_zh, o.name_en, o.level_roles, o.path, o.valid_to, n.path, {Completeness.Columns}
        """;

    // "offset 0": looked up row by row. Joined, the planner takes to reading all organisations for a dozen of them.
    private const string Organisation = """
        cross join lateral (select * from organisations x where x.id = coalesce(n.organisation_id, (select p.id from organisations p where p.path = n.path limit 1)) offset 0) o
        """;

    private static readonly string Seen = DashboardHead.SeenSql("o.id", "n.path", "$3", "$4");

    private static readonly string DirectlyBelow = $"""
        select {Columns}, $5::uuid from node_completeness n {Organisation}
        where n.cycle_id = $1 and n.parent_path = $2 and {Seen} order by o.code
        """;

    // Down to the counties and no further: their schools are many.
    private static readonly string CountiesBelow = $"""
        with recursive walked(path, id, roles, above) as (
          select n.path, o.id, o.level_roles, $5::uuid from node_completeness n {Organisation} where n.cycle_id = $1 and n.parent_path = $2
          union all
          select n.path, o.id, o.level_roles, w.id from walked w
          cross join lateral (select * from node_completeness x where x.cycle_id = $1 and x.parent_path = w.path offset 0) n {Organisation}
          where not w.roles && array['county', 'school'])
        select {Columns}, w.above from walked w
        cross join lateral (select * from node_completeness x where x.cycle_id = $1 and x.path = w.path collate "C" offset 0) n
        join organisations o on o.id = w.id
        where 'county' = any(w.roles) and {Seen} order by o.code
        """;

    public static bool IsKnown(string below) => below is Children or Counties;

    public static async Task<IReadOnlyList<PlaceBelow>> ReadAsync(
        NpgsqlConnection connection, DashboardHead head, string below, Caller caller, Guid cycleId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(below == Counties ? CountiesBelow : DirectlyBelow, connection)
        {
            CommandTimeout = Budgets.StatementSeconds,
            Parameters =
            {
                new() { Value = cycleId }, new() { Value = head.CyclePath }, new() { Value = DashboardHead.Own(caller) }, new() { Value = caller.SubtreePaths() },
                new() { Value = head.Organisation.Id },
            },
        };
        var places = new List<PlaceBelow>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            places.Add(new(DashboardHead.ReadOrganisation(reader), reader.IsDBNull(18) ? null : reader.GetGuid(18), reader.GetString(7), Completeness.Read(reader, 8)));
        }

        return places;
    }

    /// <summary>Their figures by place, and those of the place above them at its own path.</summary>
    public static async Task<Dictionary<string, Dictionary<string, FigureRow>>> FiguresAsync(
        NpgsqlConnection connection, DashboardHead head, IReadOnlyList<PlaceBelow> places, Guid cycleId, CancellationToken cancellationToken)
    {
        var schools = places.Where(place => place.Organisation.LevelRoles.Contains("school")).Select(place => place.Organisation.Id).ToArray();
        await using var batch = new NpgsqlBatch(connection) { Timeout = Budgets.StatementSeconds };
        batch.BatchCommands.Add(new("""
            select path, indicator, numerator, denominator, reported, due, approved, median, as_of from node_figures where cycle_id = $1 and path = any($2)
            """)
        { Parameters = { new() { Value = cycleId }, new() { Value = places.Select(place => place.Path).Append(head.CyclePath).ToArray() } } });
        if (schools.Length > 0)
        {
            batch.BatchCommands.Add(new($"""
                select path, indicator, numerator, denominator, (reason is null)::int, (reason is null or reason not in {SchoolIndicator.NotDueSql})::int,
                  approved::int, null::float8, as_of
                from school_indicators where cycle_id = $1 and node_path = $2 and organisation_id = any($3)
                """)
            { Parameters = { new() { Value = cycleId }, new() { Value = head.CyclePath }, new() { Value = schools } } });
        }

        var figures = new Dictionary<string, Dictionary<string, FigureRow>>();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        do
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                var path = reader.GetString(0);
                var row = figures.TryGetValue(path, out var known) ? known : figures[path] = [];
                row[reader.GetString(1)] = NodeRows.ReadFigure(reader, 2);
            }
        }
        while (await reader.NextResultAsync(cancellationToken));

        return figures;
    }
}
