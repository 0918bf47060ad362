using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Dashboards;
using Gengdu.Organisations;
using Npgsql;

namespace Gengdu.Analytics.Exports.Missing;

/// <summary>
/// Who is waited for: the rows behind the page's numbers, so that a list is as long as the number above it says. What is exempt owes nothing; what was
/// submitted once is not missing, whatever was done to it since.
/// </summary>
internal static class MissingReader
{
    private const string Waited = """
        select r.report_id, r.organisation_id, o.code, o.name_zh, o.name_en, r.path, r.level, cardinality(r.module_keys), k.key, v.state, v.on_time, v.submitted_at,
          (c.deadlines ->> r.level)::timestamptz
        from roster_entries r join cycles c on c.id = r.cycle_id join organisations o on o.id = r.organisation_id
        cross join lateral unnest(r.module_keys) with ordinality as k(key, position)
        left join module_values v on v.cycle_id = $1 and v.organisation_id = r.organisation_id and v.module_key = k.key and v.revision > 0
        where r.cycle_id = $1 and r.path >= $2 and r.path < $3 and (r.path = any($4) or r.path ^@ any($5))
          and not exists (select from report_exemptions x where x.report_id = r.report_id)
          and (v.module_key is null or v.state = 'returned' or v.on_time is not true)
        order by r.path, r.level, k.position
        """;

    private const string Places = """
        select distinct on (p.path) p.path, o.id, o.name_zh, o.name_en
        from (select path, id from organisations union all select path, organisation_id from organisation_places) p join organisations o on o.id = p.id
        where o.level_roles && array['city', 'county'] order by p.path, (o.path = p.path) desc
        """;

    public static async Task<List<MissingItem>> ReadAsync(
        NpgsqlConnection connection, Caller caller, DashboardHead head, Guid cycleId, ExportWords words, CancellationToken cancellationToken)
    {
        var places = await PlacesAsync(connection, words, cancellationToken);
        var given = await MoreTime.ReadAsync(connection, cycleId, cancellationToken);
        var above = new Dictionary<string, (Guid, string)[]>();
        (Guid, string)[] Above(string path)
        {
            var parent = TreePath.Parent(path);
            return above.TryGetValue(parent, out var known) ? known
                : above[parent] = [.. TreePath.Ancestors(path).Reverse().Where(places.ContainsKey).Select(node => places[node])];
        }

        await using var command = new NpgsqlCommand(Waited, connection)
        {
            CommandTimeout = 60,
            Parameters =
            {
                new() { Value = cycleId }, new() { Value = head.CyclePath }, new() { Value = TreePath.End(head.CyclePath) }, new() { Value = caller.OwnPaths() }, new() { Value = caller.SubtreePaths() },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var items = new List<MissingItem>();
        while (await reader.ReadAsync(cancellationToken))
        {
            DateTimeOffset? deadline = reader.IsDBNull(12) ? null : reader.GetFieldValue<DateTimeOffset>(12);
            var state = reader.IsDBNull(9) ? deadline < words.Made ? "overdue" : "missing" : reader.GetString(9) == "returned" ? "returned" : null;
            items.Add(new(
                reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), words.Of(reader.GetString(3), reader.GetString(4)), Above(reader.GetString(5)), reader.GetString(6), reader.GetInt32(7),
                reader.GetString(8), state, !reader.IsDBNull(9) && (reader.IsDBNull(10) || !reader.GetBoolean(10)), deadline, given.Until(reader.GetGuid(1), reader.GetString(5)),
                reader.IsDBNull(11) ? null : reader.GetFieldValue<DateTimeOffset>(11)));
        }

        return items;
    }

    private static async Task<Dictionary<string, (Guid Id, string Name)>> PlacesAsync(NpgsqlConnection connection, ExportWords words, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Places, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var places = new Dictionary<string, (Guid, string)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            places[reader.GetString(0)] = (reader.GetGuid(1), words.Of(reader.GetString(2), reader.GetString(3)));
        }

        return places;
    }
}
