using Gengdu.Analytics.Cycles;
using Npgsql;

namespace Gengdu.Analytics.Exports.Missing;

/// <summary>Until when an organisation may still submit: the latest of what was given to it and to those above it.</summary>
internal sealed class MoreTime
{
    // Where the place stands today, if the reader sees it, else where it stood when it got the time.
    private const string Given = """
        select e.organisation_id, coalesce(o.path, e.organisation_path), e.covers_subtree, max(e.until)
        from extensions e left join organisations o on o.id = e.organisation_id where e.cycle_id = $1 group by 1, 2, 3
        """;

    private readonly Dictionary<Guid, DateTimeOffset> _own = [];
    private readonly Dictionary<string, DateTimeOffset> _below = [];

    /// <summary>Null where none was given.</summary>
    /// <param name="path">In the cycle.</param>
    public DateTimeOffset? Until(Guid organisationId, string path)
    {
        DateTimeOffset? latest = _own.TryGetValue(organisationId, out var own) ? own : null;
        foreach (var above in TreePath.Ancestors(path))
        {
            latest = _below.TryGetValue(above, out var until) && !(until <= latest) ? until : latest;
        }

        return latest;
    }

    public static async Task<MoreTime> ReadAsync(NpgsqlConnection connection, Guid cycleId, CancellationToken cancellationToken)
    {
        var given = new MoreTime();
        await using var command = new NpgsqlCommand(Given, connection) { Parameters = { new() { Value = cycleId } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var (id, path, until) = (reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(3));
            Later(given._own, id, until);
            if (reader.GetBoolean(2))
            {
                Later(given._below, path, until);
            }
        }

        return given;
    }

    private static void Later<TKey>(Dictionary<TKey, DateTimeOffset> times, TKey key, DateTimeOffset until) where TKey : notnull =>
        times[key] = times.TryGetValue(key, out var known) && known > until ? known : until;
}
