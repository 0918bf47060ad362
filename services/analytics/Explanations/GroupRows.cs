using System.Globalization;
using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Figures;
using Gengdu.Organisations;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Npgsql;

namespace Gengdu.Analytics.Explanations;

/// <summary>The schools of a node in groups, and all of them.</summary>
internal sealed record GroupRows(GroupResponse Whole, IReadOnlyList<GroupResponse> Groups, DateTimeOffset? AsOf)
{
    private const string Aggregates = """
        sum(numerator), sum(denominator), (count(*) filter (where due))::int, (count(*) filter (where reason is null))::int,
        (count(*) filter (where reason is null and approved))::int, max(as_of), count(value)::int,
        percentile_cont(array[0, 0.25, 0.5, 0.75, 1]) within group (order by value), avg(value), stddev_pop(value)
        """;

    private const string Seen = "select o.id::text from organisations o where o.id::text = any($1) and (o.path = any($2) or o.path ^@ any($3))";

    /// <summary>Without places that the caller may not see: whoever has a right at the whole alone is told its numbers, not whose they are.</summary>
    public async Task<IReadOnlyList<GroupResponse>> SeenAsync(Caller caller, DashboardHead head, Dimension dimension, Database database, CancellationToken cancellationToken)
    {
        if (!dimension.IsPlace || caller.SubtreePaths().Any(path => head.CyclePath.StartsWith(path, StringComparison.Ordinal)))
        {
            return Groups;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Seen, connection)
        {
            CommandTimeout = Budgets.StatementSeconds,
            Parameters = { new() { Value = Groups.Select(group => group.Key).ToArray() }, new() { Value = caller.OwnPaths() }, new() { Value = caller.SubtreePaths() } },
        };
        var seen = new HashSet<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            seen.Add(reader.GetString(0));
        }

        return [.. Groups.Where(group => seen.Contains(group.Key))];
    }

    public static async Task<GroupRows> ReadAsync(
        NpgsqlConnection connection, FigureHead head, Dimension dimension, Guid cycleId, CancellationToken cancellationToken, int seconds = Budgets.StatementSeconds)
    {
        await using var command = new NpgsqlCommand($"""
            with schools as materialized (
              select coalesce({dimension.Group}, '') as key, {dimension.First} as first, s.numerator, s.denominator, s.reason, s.approved, s.as_of,
                s.reason is null or s.reason not in {SchoolIndicator.NotDueSql} as due,
                case when s.reason is null and s.denominator > 0 then (s.numerator / s.denominator)::float8 end as value
              from {BehindFigure.SchoolsBelow} join roster_entries r on r.cycle_id = $1 and r.organisation_id = s.organisation_id and r.level = 'school' {dimension.Join})
            select null, {Aggregates} from schools where first
            union all
            select key, {Aggregates} from schools group by key
            """, connection)
        {
            CommandTimeout = seconds,
            Parameters =
            {
                new() { Value = cycleId }, new() { Value = head.Indicator.Id }, new() { Value = head.Place.CyclePath }, new() { Value = TreePath.End(head.Place.CyclePath) },
                new() { Value = dimension.Grades },
            },
        };
        GroupResponse? whole = null;
        DateTimeOffset? asOf = null;
        var groups = new List<GroupResponse>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                if (reader.IsDBNull(0))
                {
                    (whole, asOf) = (Read(reader, head.Indicator, ""), reader.IsDBNull(6) ? null : reader.GetFieldValue<DateTimeOffset>(6));
                }
                else
                {
                    groups.Add(Read(reader, head.Indicator, reader.GetString(0)));
                }
            }
        }

        var named = dimension.IsPlace ? await NamedAsync(connection, groups, cancellationToken) : groups;
        return new(whole!, [.. named.OrderByDescending(group => dimension.IsOrdered ? -Begins(group.Key) : group.Due).ThenBy(group => group.Key, StringComparer.Ordinal)], asOf);
    }

    private static int Begins(string key) => int.TryParse(key.Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var from) ? from : int.MaxValue;

    private static GroupResponse Read(NpgsqlDataReader reader, Indicator indicator, string key)
    {
        var reported = reader.GetInt32(4);
        decimal? Sum(int column) => reported == 0 || reader.IsDBNull(column) ? null : reader.GetDecimal(column);
        var measured = new Measured(reader.GetInt32(3) > 0, Sum(1), Sum(2), indicator.Target?.Value);
        // The spread between schools is no ratio of sums: the group's is in its spread.
        var ratio = indicator.Kind != "dispersion";
        return new(
            key, null, ratio ? Rating.Shown(indicator, measured) : null, ratio ? Rating.Light(indicator, measured) : "none", measured.Numerator, measured.Denominator,
            reader.GetInt32(3), reported, reader.GetInt32(5), reader.GetInt32(7) == 0 ? null : Spread(reader, indicator));
    }

    private static SpreadResponse Spread(NpgsqlDataReader reader, Indicator indicator)
    {
        decimal Shown(double value) => Math.Round((decimal)(value * indicator.Factor), indicator.Decimals + 1, MidpointRounding.AwayFromZero);
        var (at, mean, deviation) = (reader.GetFieldValue<double[]>(8), reader.GetDouble(9), reader.GetDouble(10));
        return new(
            reader.GetInt32(7), Shown(at[0]), Shown(at[1]), Shown(at[2]), Shown(at[3]), Shown(at[4]), Shown(mean), Shown(deviation),
            mean > 0 ? Math.Round((decimal)(deviation / mean), 4, MidpointRounding.AwayFromZero) : null);
    }

    private static async Task<IReadOnlyList<GroupResponse>> NamedAsync(NpgsqlConnection connection, List<GroupResponse> groups, CancellationToken cancellationToken)
    {
        var places = (await PlaceNames.OfPathsAsync(connection, [.. groups.Select(group => group.Key)], cancellationToken)).ToDictionary(place => place.Key);
        return [.. groups.Select(group => places.TryGetValue(group.Key, out var place) ? group with { Key = place.Id, Name = place.Name } : group)];
    }
}
