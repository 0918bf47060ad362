using Gengdu.ServiceDefaults;
using Npgsql;

namespace Gengdu.Analytics.Explanations;

/// <param name="Key">As it was asked for.</param>
/// <param name="Id">Of the organisation.</param>
/// <param name="Name">As it is called today.</param>
internal sealed record PlaceName(string Key, string Id, Text Name);

/// <summary>What places of a cycle's tree, and schools, are called today, in the order of their codes.</summary>
internal static class PlaceNames
{
    // A place that is gone keeps the name of whoever stood there.
    private const string Places = """
        select p.path, o.id, o.name_zh, o.name_en from unnest($1) p(path)
        join organisations o on o.id = coalesce((select x.id from organisations x where x.path = p.path limit 1),
          (select x.organisation_id from organisation_places x where x.path = p.path limit 1))
        order by o.code, o.id
        """;

    private const string Schools = "select o.id::text, o.id, o.name_zh, o.name_en from organisations o where o.id::text = any($1) order by o.code, o.id";

    public static Task<List<PlaceName>> OfPathsAsync(NpgsqlConnection connection, string[] paths, CancellationToken cancellationToken) => ReadAsync(connection, Places, paths, cancellationToken);

    public static Task<List<PlaceName>> OfSchoolsAsync(NpgsqlConnection connection, string[] ids, CancellationToken cancellationToken) => ReadAsync(connection, Schools, ids, cancellationToken);

    private static async Task<List<PlaceName>> ReadAsync(NpgsqlConnection connection, string sql, string[] keys, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = Budgets.StatementSeconds, Parameters = { new() { Value = keys } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var named = new List<PlaceName>();
        while (await reader.ReadAsync(cancellationToken))
        {
            named.Add(new(reader.GetString(0), reader.GetGuid(1).ToString(), new(reader.GetString(2), reader.GetString(3))));
        }

        return named;
    }
}
