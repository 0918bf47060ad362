using Npgsql;

namespace Gengdu.Analytics.Figures;

/// <summary>The schools' parts of the indicators, written by their key, set-wise; what is as it should be is left alone.</summary>
internal static class SchoolParts
{
    // What is as it should be is found by one look at the key: through the conflict it would be locked, and the lock written to the log.
    private const string Store = """
        insert into school_indicators as s (cycle_id, node_path, organisation_id, path, indicator, numerator, denominator, reason, approved, as_of)
        select $1, r.* from unnest($2::text[], $3::uuid[], $4::text[], $5::text[], $6::numeric[], $7::numeric[], $8::text[], $9::boolean[], $10::timestamptz[])
          as r(node_path, organisation_id, path, indicator, numerator, denominator, reason, approved, as_of)
        where (select row(k.numerator, k.denominator, k.reason, k.approved, k.as_of) from school_indicators k
          where k.cycle_id = $1 and k.node_path = r.node_path collate "C" and k.indicator = r.indicator and k.organisation_id = r.organisation_id)
          is distinct from row(r.numerator, r.denominator, r.reason, r.approved, r.as_of)
        on conflict (cycle_id, node_path, indicator, organisation_id) do update set numerator = excluded.numerator,
          denominator = excluded.denominator, reason = excluded.reason, approved = excluded.approved, as_of = excluded.as_of
        where (s.numerator, s.denominator, s.reason, s.approved, s.as_of)
          is distinct from (excluded.numerator, excluded.denominator, excluded.reason, excluded.approved, excluded.as_of)
        returning node_path, indicator
        """;

    /// <summary>Writes them, and says where there was something to write.</summary>
    public static async Task<HashSet<(string NodePath, string Indicator)>> WriteAsync(NpgsqlConnection connection, Guid cycleId, SchoolIndicator[] rows, CancellationToken cancellationToken)
    {
        var changed = new HashSet<(string, string)>();
        if (rows.Length > 0)
        {
            await using var batch = new NpgsqlBatch(connection) { Timeout = 120 };
            Add(batch, cycleId, rows);
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                changed.Add((reader.GetString(0), reader.GetString(1)));
            }
        }

        return changed;
    }

    /// <summary>Adds the statement that writes them; an unchanged row is left alone.</summary>
    public static void Add(NpgsqlBatch batch, Guid cycleId, IReadOnlyList<SchoolIndicator> rows) => batch.BatchCommands.Add(new(Store)
    {
        Parameters =
        {
            new() { Value = cycleId },
            new() { Value = rows.Select(row => row.NodePath).ToArray() },
            new() { Value = rows.Select(row => row.OrganisationId).ToArray() },
            new() { Value = rows.Select(row => row.Path).ToArray() },
            new() { Value = rows.Select(row => row.Indicator).ToArray() },
            new() { Value = rows.Select(row => row.Numerator).ToArray() },
            new() { Value = rows.Select(row => row.Denominator).ToArray() },
            new() { Value = rows.Select(row => row.Reason).ToArray() },
            new() { Value = rows.Select(row => row.Approved).ToArray() },
            new() { Value = rows.Select(row => row.AsOf).ToArray() },
        },
    });
}
