using Gengdu.Analytics.Cycles;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Npgsql;

namespace Gengdu.Analytics.Explanations;

/// <summary>
/// The schools behind a number of a large place, by value: read from an index in its order as far as the page goes, those without a value
/// after them. Sorted, a province's page would cost every school of it.
/// </summary>
internal static class SchoolsByValue
{
    private const string Columns = "s.organisation_id, s.node_path, s.numerator, s.denominator, s.reason, s.approved, s.as_of";

    private const string Below = """
        from school_indicators s where s.cycle_id = $1 and s.indicator = $2 and s.path >= $3 and s.path < $4 and (s.path = any($5) or s.path ^@ any($6))
        """;

    /// <summary>How many schools the page is one of, of a place that the caller sees whole; null where it is better sorted.</summary>
    public static async Task<int?> TotalAsync(NpgsqlConnection connection, FigureHead head, FigureSchoolsFilter filter, Caller caller, Guid cycleId, int largeFrom, CancellationToken cancellationToken)
    {
        if (filter.Order is not ("low" or "high") || filter.By is not (null or "") || filter.Left is not (null or "" or "in")
            || !caller.SubtreePaths().Any(path => head.Place.CyclePath.StartsWith(path, StringComparison.Ordinal)))
        {
            return null;
        }

        // Each school of the roster has a row for each indicator.
        await using var command = new NpgsqlCommand("""
            select n.schools, coalesce(f.reported, 0) from node_completeness n left join node_figures f on f.cycle_id = $1 and f.path = $2 and f.indicator = $3
            where n.cycle_id = $1 and n.path = $2
            """, connection)
        {
            CommandTimeout = Budgets.StatementSeconds,
            Parameters = { new() { Value = cycleId }, new() { Value = head.Place.CyclePath }, new() { Value = head.Indicator.Id } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) && reader.GetInt32(0) is var schools && schools >= largeFrom ? filter.Left == "in" ? reader.GetInt32(1) : schools : null;
    }

    /// <summary>Columns as <see cref="ListFigureSchools"/> reads them.</summary>
    public static NpgsqlCommand Command(NpgsqlConnection connection, FigureHead head, FigureSchoolsFilter filter, Caller caller, Guid cycleId, PageRequest page, int total)
    {
        var way = filter.Order == "high" ? "desc" : "asc";
        var rest = filter.Left == "in" ? "and s.reason is null and s.denominator <= 0" : "and (s.reason is not null or s.denominator <= 0)";
        return new($"""
            with valued as materialized (
              select v.*, row_number() over () as place from (
                select {Columns} {Below} and s.reason is null and s.denominator > 0 order by s.numerator / s.denominator {way}, s.path {way} limit $7 + $8) v
            ), others as materialized (
              select v.*, (select count(*) from valued) + row_number() over () as place from (
                select {Columns} {Below} {rest} order by s.path limit $7 + $8 - (select count(*) from valued)) v)
            select o.id, o.code, o.name_zh, o.name_en, o.level_roles, o.path, o.valid_to, x.numerator, x.denominator, x.reason, x.approved, x.as_of, f.median, $9::int
            from (select * from valued union all select * from others) x
            join organisations o on o.id = x.organisation_id
            left join node_figures f on f.cycle_id = $1 and f.path = x.node_path and f.indicator = $2
            where x.place > $7 and x.place <= $7 + $8 order by x.place
            """, connection)
        {
            CommandTimeout = Budgets.StatementSeconds,
            Parameters =
            {
                new() { Value = cycleId }, new() { Value = head.Indicator.Id }, new() { Value = head.Place.CyclePath }, new() { Value = TreePath.End(head.Place.CyclePath) },
                new() { Value = caller.OwnPaths() }, new() { Value = caller.SubtreePaths() }, new() { Value = page.Skip() }, new() { Value = page.Size() }, new() { Value = total },
            },
        };
    }
}
