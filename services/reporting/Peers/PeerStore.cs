using System.Text.Json;
using Gengdu.Reporting.ModuleReports;
using Gengdu.Rules;
using Npgsql;
using NpgsqlTypes;

namespace Gengdu.Reporting.Peers;

/// <summary>Reads a county's signed values and writes its figures, in one transaction that two replicas cannot run at once.</summary>
internal static class PeerStore
{
    private const string Submitted = """
        select r.organisation_id, r.code, r.school_type, r.grades, r.urban_rural, r.run_by, m.module_key, v.values
        from reports r join module_reports m on m.report_id = r.id and m.module_key = any($3) and m.state in ('submitted', 'approved', 'accepted')
        join revisions v on v.module_report_id = m.id and v.number = m.revision
        where r.cycle_id = $1 and r.level = 'school' and r.organisation_path ^@ $2
        order by r.organisation_id
        """;

    private const string Write = """
        with gone as (delete from peer_figures f where f.cycle_id = $1 and f.county_path = $2 and not (f.school_type || '/' || f.urban_rural) = any($3)),
        figures as (
          insert into peer_figures (cycle_id, county_path, school_type, urban_rural, measures, computed_at)
          select $1, $2, split_part(kind, '/', 1), split_part(kind, '/', 2), measures, $6 from unnest($3, $4) as g(kind, measures)
          on conflict (cycle_id, county_path, school_type, urban_rural) do update set measures = excluded.measures, computed_at = excluded.computed_at)
        insert into peer_bases (cycle_id, county_path, values, computed_at) values ($1, $2, $5, $6)
        on conflict (cycle_id, county_path) do update set values = excluded.values, computed_at = excluded.computed_at
        """;

    public static async Task WriteAsync(NpgsqlDataSource system, DueCounty county, Programme programme, PeerOptions options, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await system.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var locking = new NpgsqlCommand("select pg_advisory_xact_lock(hashtext('peers'), hashtext($1))", connection) { Parameters = { new() { Value = county.Path } } })
        {
            await locking.ExecuteNonQueryAsync(cancellationToken);
        }

        var values = await ReadAsync(connection, county, programme, cancellationToken);
        var (published, basis) = await KnownAsync(connection, county, cancellationToken);
        var (figures, bases) = values.Publish(published, basis, options);
        var kinds = figures.Keys.ToArray();
        await using var command = new NpgsqlCommand(Write, connection);
        command.Parameters.AddWithValue(county.CycleId);
        command.Parameters.AddWithValue(county.Path);
        command.Parameters.AddWithValue(kinds);
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb, Value = kinds.Select(kind => JsonSerializer.Serialize(figures[kind], ModuleReport.Json)).ToArray() });
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Jsonb, Value = JsonSerializer.Serialize(bases, ModuleReport.Json) });
        command.Parameters.AddWithValue(now);
        await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<PeerCounty> ReadAsync(NpgsqlConnection connection, DueCounty county, Programme programme, CancellationToken cancellationToken)
    {
        var modules = programme.PeerMeasures.SelectMany(measure => measure.ModulesUsed).Distinct().ToArray();
        await using var command = new NpgsqlCommand(Submitted, connection) { Parameters = { new() { Value = county.CycleId }, new() { Value = county.Path }, new() { Value = modules } } };
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var result = new PeerCounty(programme, county.Period);
        (Guid Id, SchoolContext School)? current = null;
        var submitted = new List<(string, JsonElement)>();
        while (await row.ReadAsync(cancellationToken))
        {
            var id = row.GetGuid(0);
            if (current is { } done && done.Id != id)
            {
                result.Add(done.Id, done.School, submitted);
                submitted.Clear();
            }

            current = (id, new(row.GetString(1), Text(row, 2), row.GetFieldValue<string[]>(3), Text(row, 4), Text(row, 5)));
            submitted.Add((row.GetString(6), JsonElement.Parse(row.GetString(7))));
        }

        if (current is { } last)
        {
            result.Add(last.Id, last.School, submitted);
        }

        return result;
    }

    private static async Task<(Dictionary<string, Dictionary<string, PeerStatistics>> Published, Dictionary<string, Dictionary<string, Dictionary<Guid, double>>> Basis)> KnownAsync(
        NpgsqlConnection connection, DueCounty county, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            select b.values, f.school_type || '/' || f.urban_rural, f.measures
            from peer_bases b left join peer_figures f using (cycle_id, county_path) where b.cycle_id = $1 and b.county_path = $2
            """, connection) { Parameters = { new() { Value = county.CycleId }, new() { Value = county.Path } } };
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var published = new Dictionary<string, Dictionary<string, PeerStatistics>>();
        var basis = new Dictionary<string, Dictionary<string, Dictionary<Guid, double>>>();
        while (await row.ReadAsync(cancellationToken))
        {
            basis = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, Dictionary<Guid, double>>>>(row.GetString(0), ModuleReport.Json)!;
            if (!row.IsDBNull(1))
            {
                published[row.GetString(1)] = JsonSerializer.Deserialize<Dictionary<string, PeerStatistics>>(row.GetString(2), ModuleReport.Json)!;
            }
        }

        return (published, basis);
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
