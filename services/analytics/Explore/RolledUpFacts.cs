using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Dashboards;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Npgsql;

namespace Gengdu.Analytics.Explore;

/// <summary>Facts by place, from the sums that dashboards read: no school's row is looked at.</summary>
internal static class RolledUpFacts
{
    private const string Facts = $"select path, parent_path, indicator, numerator, denominator, due, reported, approved from ({PlaceFigures.Sql}) f where $6 or path = $4";

    public static async Task<List<Fact>> ReadAsync(
        NpgsqlConnection connection, DashboardHead head, Guid cycleId, IReadOnlyList<Indicator> indicators, IReadOnlyList<string> places, CancellationToken cancellationToken)
    {
        var nodes = new Dictionary<(string Path, string Indicator), (string Parent, Sums Sums)>();
        string[] Ids(bool timely) => [.. indicators.Where(indicator => indicator.Kind == "timeliness" == timely).Select(indicator => indicator.Id)];
        await using (var command = new NpgsqlCommand(Facts, connection)
        {
            CommandTimeout = Budgets.StatementSeconds,
            Parameters =
            {
                new() { Value = cycleId }, new() { Value = Ids(timely: false) }, new() { Value = Ids(timely: true) },
                new() { Value = head.CyclePath }, new() { Value = TreePath.End(head.CyclePath) }, new() { Value = places.Count > 0 },
            },
        })
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                nodes[(reader.GetString(0), reader.GetString(2))] =
                    (reader.GetString(1), new(reader.GetDecimal(3), reader.GetDecimal(4), reader.GetInt32(5), reader.GetInt32(6), reader.GetInt32(7)));
            }
        }

        return [.. Own(nodes).Where(own => own.Sums.Due != 0).Select(own => new Fact(KeysOf(own.Path, own.Indicator, cycleId, places), own.Sums))];
    }

    /// <summary>What a node has besides the nodes below it: a county all of it, a city the schools it runs itself, often nothing.</summary>
    private static IEnumerable<(string Path, string Indicator, Sums Sums)> Own(Dictionary<(string Path, string Indicator), (string Parent, Sums Sums)> nodes)
    {
        var below = new Dictionary<(string, string), Sums>();
        foreach (var ((_, indicator), (parent, sums)) in nodes)
        {
            below[(parent, indicator)] = below.GetValueOrDefault((parent, indicator)) + sums;
        }

        return nodes.Select(node => (node.Key.Path, node.Key.Indicator, node.Value.Sums - below.GetValueOrDefault(node.Key)));
    }

    private static Dictionary<string, string> KeysOf(string path, string indicator, Guid cycleId, IReadOnlyList<string> places)
    {
        var keys = new Dictionary<string, string> { [Asked.Cycle] = cycleId.ToString(), [Asked.Indicator] = indicator };
        foreach (var place in places)
        {
            keys[place] = place == Asked.County ? path : CityOf(path);
        }

        return keys;
    }

    // As groups of schools have it: a county under the province stands in the city's place.
    private static string CityOf(string path) => path.Split('/') is ["", var province, { Length: > 0 } city, ..] ? $"/{province}/{city}/" : path;
}
