using Npgsql;

namespace Gengdu.Analytics.Publications;

/// <summary>Copies a cycle's figures for a publication, and says by a hash whether the copy is still the same.</summary>
internal static class FigureCopy
{
    // A whole province: 600,000 values of schools and 7,000 of places.
    private const int PatienceSeconds = 60;

    // A figure counted from the roster has no row of its own: its numbers are those of completeness.
    private const string Figures = """
        insert into published_figures (cycle_id, number, path, indicator, numerator, denominator, reported, due, approved)
        select $1, $2, f.path, f.indicator, f.numerator, f.denominator, f.reported, f.due, f.approved from node_figures f where f.cycle_id = $1
        union all
        select $1, $2, n.path, i.id, n.on_time, n.due, n.due, n.due, n.county_approved
        from node_completeness n, unnest($3::text[]) i(id) where n.cycle_id = $1 and exists (select 1 from node_figures f where f.cycle_id = $1 and f.path = n.path)
        """;

    // What a school gave, so that the next publication can tell how many schools a difference is about.
    private const string Schools = """
        insert into published_schools (cycle_id, number, organisation_id, path, node_path, indicators, prints)
        select $1, $2, organisation_id, path, node_path, array_agg(indicator), array_agg(print) from (
          select organisation_id, path, node_path, indicator, hashtextextended(trim_scale(numerator) || '/' || trim_scale(denominator), 7305) as print
          from school_indicators where cycle_id = $1 and reason is null
          union all
          select r.organisation_id, r.path, r.node_path, i.id, hashtextextended(n.on_time || '/' || n.due, 7305)
          from roster_entries r join node_completeness n on n.cycle_id = $1 and n.path = r.path, unnest($3::text[]) i(id)
          where r.cycle_id = $1 and r.level = 'school' and n.due > 0) given
        group by organisation_id, path, node_path
        """;

    private const string Hashed = """
        select encode(sha256(convert_to(coalesce(string_agg(concat_ws(',', path, indicator, trim_scale(numerator), trim_scale(denominator), reported, due, approved), E'\n'
          order by path collate "C", indicator collate "C"), ''), 'UTF8')), 'hex'), count(*)::int
        from published_figures where cycle_id = $1 and number = $2
        """;

    private const string Remove = """
        with figures as (delete from published_figures where cycle_id = $1 and number = $2), schools as (delete from published_schools where cycle_id = $1 and number = $2),
        cells as (delete from open_cells where cycle_id = $1 and number = $2)
        delete from open_editions where cycle_id = $1 and number = $2
        """;

    /// <summary>Behind the cycle's lock, so that no batch is half in it.</summary>
    public static async Task MakeAsync(NpgsqlConnection connection, Guid cycleId, int number, string[] timely, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { Timeout = PatienceSeconds };
        foreach (var sql in new[] { Figures, Schools })
        {
            batch.BatchCommands.Add(new(sql) { Parameters = { new() { Value = cycleId }, new() { Value = number }, new() { Value = timely } } });
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>SHA-256 over all copied figures in the order of places and indicators; scripts/check-publication.sh reckons it again.</summary>
    public static async Task<(string Hash, int Figures)> HashAsync(NpgsqlConnection connection, Guid cycleId, int number, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Hashed, connection) { CommandTimeout = PatienceSeconds, Parameters = { new() { Value = cycleId }, new() { Value = number } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetString(0), reader.GetInt32(1));
    }

    /// <summary>What was thrown away before anybody was told it leaves no copy; that it was, stands in the audit.</summary>
    public static async Task RemoveAsync(NpgsqlConnection connection, Guid cycleId, int number, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Remove, connection) { CommandTimeout = PatienceSeconds, Parameters = { new() { Value = cycleId }, new() { Value = number } } };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
