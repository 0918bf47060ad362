using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Figures;
using Gengdu.Analytics.Programmes;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Gengdu.Analytics.Explanations;

/// <summary>A school's part of a number.</summary>
/// <param name="Value">Numerator by denominator in the unit of the indicator; null without one.</param>
/// <param name="Light">Against the fixed target, or the median of the schools beside it.</param>
/// <param name="Reason">Why it gives no value: "not-submitted", "missing", "broken", "exempt", "does-not-apply" or "not-collected"; null when it does.</param>
/// <param name="Approved">All modules it reads passed a level of review.</param>
public sealed record FigureSchoolResponse(
    OrganisationResponse Organisation, decimal? Value, string Light, decimal? Numerator, decimal? Denominator, string? Reason, bool Approved, DateTimeOffset? AsOf);

/// <summary>Which of the schools.</summary>
/// <param name="Left">"out": those that owe a value and have none; "in": those with one; absent: all.</param>
/// <param name="By">A dimension of the breakdown, with <paramref name="Group"/>.</param>
/// <param name="Group">A group's key; of a city or county its id.</param>
/// <param name="Order">"tree" (default), "low" or "high": by value, those without one last.</param>
public sealed record FigureSchoolsFilter(string? Left, string? By, string? Group, string? Order);

internal static class ListFigureSchools
{
    private static readonly Dictionary<string, string> Orders = new() { ["tree"] = "s.path", ["low"] = "value nulls last, s.path", ["high"] = "value desc nulls last, s.path" };

    /// <summary>The schools behind a number, one page of them: those a caller may see by name.</summary>
    public static async Task<Results<Ok<Page<FigureSchoolResponse>>, ProblemHttpResult>> HandleAsync(
        string indicator, Guid organisationId, Guid cycleId, [AsParameters] FigureSchoolsFilter filter, [AsParameters] PageRequest page, Caller caller,
        Database database, ProgrammeShelf programmes, IOptions<GroupOptions> options, AuditTrail trail, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var (head, problem) = await FigureHead.ReadAsync(connection, programmes, caller, indicator, organisationId, cycleId, cancellationToken);
        if (head is null || head.IsSchool)
        {
            return (problem ?? AnalyticsProblems.FigureOfASchool).ToHttpResult();
        }

        var dimension = Dimension.Of(filter.By ?? "county", head.Formulas.Programme);
        if (dimension is null || head.Indicator.Numerator is null || head.Indicator.Later is not null || !Orders.ContainsKey(filter.Order ?? "tree"))
        {
            return AnalyticsProblems.NoBreakdown.ToHttpResult();
        }

        var whole = await SchoolsByValue.TotalAsync(connection, head, filter, caller, cycleId, options.Value.LargeFrom, cancellationToken);
        await using var command = whole is { } all ? SchoolsByValue.Command(connection, head, filter, caller, cycleId, page, all)
            : filter is { Left: "out", By: null or "", Order: null or "tree" } ? LeftOut(connection, head, caller, cycleId, page)
            : Command(connection, head, filter, dimension, caller, cycleId, page);
        var (items, total) = (new List<FigureSchoolResponse>(), whole ?? 0);
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                (var item, total) = (Read(reader, head.Indicator), reader.GetInt32(13));
                items.Add(item);
            }
        }

        await connection.DisposeAsync();
        await trail.SawAsync("figure", organisationId, head.Place.CyclePath, items.Count, new { cycleId, indicator, filter.Left, filter.By, filter.Group, page = page.Number() });
        return TypedResults.Ok(new Page<FigureSchoolResponse>(items, page.Number(), page.Size(), total));
    }

    private static NpgsqlCommand Command(
        NpgsqlConnection connection, FigureHead head, FigureSchoolsFilter filter, Dimension dimension, Caller caller, Guid cycleId, PageRequest page)
    {
        var left = filter.Left switch { "out" => $"and s.{SchoolIndicator.ExcludedSql}", "in" => "and s.reason is null", _ => "" };
        var group = filter is { By: not null, Group: not null } ? $"and coalesce({dimension.Group}, '') = {(dimension.IsPlace ? PlaceOfGroup : "$10::text")}" : "and ($10::text is null or true)";
        return new($"""
            select o.id, o.code, o.name_zh, o.name_en, o.level_roles, o.path, o.valid_to, x.numerator, x.denominator, x.reason, x.approved, x.as_of, x.median, x.total
            from (select s.organisation_id, s.path, s.numerator, s.denominator, s.reason, s.approved, s.as_of, n.median, (count(*) over ())::int as total,
                row_number() over (order by {Orders[filter.Order ?? "tree"]}) as place
              from (select y.*, case when y.reason is null and y.denominator > 0 then y.numerator / y.denominator end as value, m.path as above, m.median
                from (select f.path, f.median from node_figures f where f.cycle_id = $1 and f.indicator = $2 and f.path >= $3 and f.path < $4) m
                cross join lateral (select * from school_indicators z where z.cycle_id = $1 and z.node_path = m.path and z.indicator = $2) y) s
              cross join lateral (select s.above as path, s.median as median) n
              join roster_entries r on r.cycle_id = $1 and r.organisation_id = s.organisation_id and r.level = 'school' {dimension.Join}
              where (s.path = any($6) or s.path ^@ any($7)) {left} {group}) x
            join organisations o on o.id = x.organisation_id
            where x.place > $8 and x.place <= $8 + $9 order by x.place
            """, connection)
        {
            CommandTimeout = Budgets.StatementSeconds,
            Parameters =
            {
                new() { Value = cycleId }, new() { Value = head.Indicator.Id }, new() { Value = head.Place.CyclePath }, new() { Value = TreePath.End(head.Place.CyclePath) },
                new() { Value = dimension.Grades }, new() { Value = caller.OwnPaths() }, new() { Value = caller.SubtreePaths() },
                new() { Value = page.Skip() }, new() { Value = page.Size() }, new() { Value = (object?)filter.Group ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text },
            },
        };
    }

    /// <summary>The question behind each passport: read from an index that holds only those left out, in the tree's order, as far as the page goes.</summary>
    private static NpgsqlCommand LeftOut(NpgsqlConnection connection, FigureHead head, Caller caller, Guid cycleId, PageRequest page)
    {
        const string Rows = $"""
            from school_indicators s where s.cycle_id = $1 and s.indicator = $2 and s.path >= $3 and s.path < $4 and s.{SchoolIndicator.ExcludedSql}
              and (s.path = any($5) or s.path ^@ any($6))
            """;
        // Whoever sees the whole place sees as many as its figure says.
        var total = caller.SubtreePaths().Any(path => head.Place.CyclePath.StartsWith(path, StringComparison.Ordinal))
            ? "coalesce((select due - reported from node_figures where cycle_id = $1 and path = $3 and indicator = $2), 0)" : $"(select count(*)::int {Rows})";
        return new($"""
            select o.id, o.code, o.name_zh, o.name_en, o.level_roles, o.path, o.valid_to, x.numerator, x.denominator, x.reason, x.approved, x.as_of, null::float8, {total}
            from (select s.organisation_id, s.path, s.numerator, s.denominator, s.reason, s.approved, s.as_of {Rows} order by s.path offset $7 limit $8) x
            join organisations o on o.id = x.organisation_id order by x.path
            """, connection)
        {
            CommandTimeout = Budgets.StatementSeconds,
            Parameters =
            {
                new() { Value = cycleId }, new() { Value = head.Indicator.Id }, new() { Value = head.Place.CyclePath }, new() { Value = TreePath.End(head.Place.CyclePath) },
                new() { Value = caller.OwnPaths() }, new() { Value = caller.SubtreePaths() }, new() { Value = page.Skip() }, new() { Value = page.Size() },
            },
        };
    }

    private const string PlaceOfGroup = "(select c.path from node_completeness c where c.cycle_id = $1 and c.organisation_id::text = $10 limit 1)";

    private static FigureSchoolResponse Read(NpgsqlDataReader reader, Rules.Indicator indicator)
    {
        decimal? Number(int column) => reader.IsDBNull(column) ? null : reader.GetDecimal(column);
        var median = reader.IsDBNull(12) ? (double?)null : reader.GetDouble(12) * indicator.Factor;
        var measured = new Measured(true, Number(7), Number(8), indicator.Target is { Median: true } ? median : indicator.Target?.Value);
        var spread = indicator.Kind == "dispersion";
        return new(
            DashboardHead.ReadOrganisation(reader), Rating.Shown(indicator, measured), spread ? "none" : Rating.Light(indicator, measured), measured.Numerator, measured.Denominator,
            reader.IsDBNull(9) ? null : reader.GetString(9), reader.GetBoolean(10), reader.IsDBNull(11) ? null : reader.GetFieldValue<DateTimeOffset>(11));
    }
}
