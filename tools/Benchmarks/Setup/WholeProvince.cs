using System.Text.Json;
using Gengdu.Province.Values;
using Npgsql;
using NpgsqlTypes;

namespace Gengdu.Benchmarks.Setup;

/// <summary>
/// A cycle of 14,858 schools that have all signed all ten modules, as analytics stores it: 148,580 module reports. Written into its
/// tables, because signing them one by one is measured elsewhere and takes minutes.
/// </summary>
internal sealed class WholeProvince(NpgsqlDataSource postgres, BenchmarkProvince province)
{
    public const int Schools = 14_858;

    public async Task<Guid> MakeAsync(CancellationToken cancellationToken)
    {
        var cycle = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        await DoAsync(connection, "create temp table sample (n int, grades text[], school_type text, urban_rural text, run_by text, module_key text, values jsonb)", cancellationToken);
        await CopySamplesAsync(connection, cancellationToken);
        await DoAsync(connection, $"""
            -- The last cycle that was opened lends its dates and its programme.
            insert into analytics.cycles select (jsonb_populate_record(c, jsonb_build_object('id', '{cycle}'))).* from analytics.cycles c order by c.opened_at desc limit 1;
            create temp table made as
              select gen_random_uuid() as id, o.path || (10000000 + i) || '/' as path, o.path as node_path, 'W' || i as code, o.id as parent_id, 1 + i % (select max(n) from sample) as n
              from generate_series(1, {Schools}) i
              join (select path, id, row_number() over (order by path) - 1 as k, count(*) over () as all_of_them from analytics.organisations where 'county' = any(level_roles)) o on o.k = i % o.all_of_them;
            insert into analytics.organisations
              select (jsonb_populate_record(o, jsonb_build_object('id', m.id, 'path', m.path, 'code', m.code, 'parent_id', m.parent_id))).*
              from made m join analytics.organisations o on o.id = (select s.id from analytics.organisations s where s.kind = 'school' limit 1);
            insert into analytics.roster_entries (cycle_id, report_id, organisation_id, path, node_path, level, code, school_type, urban_rural, run_by, grades, module_keys)
              select '{cycle}', gen_random_uuid(), m.id, m.path, m.node_path, 'school', m.code, s.school_type, s.urban_rural, s.run_by, s.grades, s.keys
              from made m join (select n, min(school_type) as school_type, min(urban_rural) as urban_rural, min(run_by) as run_by, min(grades) as grades, array_agg(module_key) as keys from sample group by n) s using (n);
            insert into analytics.module_values (module_report_id, cycle_id, organisation_id, module_key, revision, values, submitted_at, first_revision, on_time)
              select gen_random_uuid(), '{cycle}', m.id, s.module_key, 1, s.values, now(), 1, true from made m join sample s using (n) order by m.path;
            analyze analytics.roster_entries, analytics.module_values, analytics.organisations;
            """, cancellationToken);
        return cycle;
    }

    /// <summary>Its figures once more under other cycles, for pages to choose from.</summary>
    public async Task<IReadOnlyList<Guid>> RepeatAsync(Guid cycle, int times, CancellationToken cancellationToken)
    {
        var copies = new List<Guid> { cycle };
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        for (var n = 1; n < times; n++)
        {
            var copy = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
            copies.Add(copy);
            foreach (var table in (string[])["cycles", "roster_entries", "school_indicators", "node_figures", "node_completeness"])
            {
                var key = table == "cycles" ? "id" : "cycle_id";
                var columns = await ColumnsAsync(connection, table, cancellationToken);
                await DoAsync(connection, $"""
                    insert into analytics.{table} ({string.Join(", ", columns)})
                    select {string.Join(", ", columns.Select(column => column == key ? $"'{copy}'" : column))} from analytics.{table} where {key} = '{cycle}'
                    """, cancellationToken);
            }
        }

        await DoAsync(connection, "analyze analytics.school_indicators, analytics.node_figures, analytics.node_completeness, analytics.roster_entries", cancellationToken);
        return copies;
    }

    public static async Task DoAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<string[]> ColumnsAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select array_agg(column_name::text) from information_schema.columns where table_schema = 'analytics' and table_name = $1 and is_generated = 'NEVER'", connection)
        { Parameters = { new() { Value = table } } };
        return (string[])(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    // Two hundred schools as the demo makes them; each stands for seventy.
    private async Task CopySamplesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().DateTime);
        await using var copy = await connection.BeginBinaryImportAsync("copy sample from stdin (format binary)", cancellationToken);
        foreach (var (school, n) in province.Schools.Take(200).Select((school, i) => (school, i + 1)))
        {
            foreach (var (key, values) in SchoolValues.For(new Figures(school, today, today.AddMonths(-3))))
            {
                await copy.StartRowAsync(cancellationToken);
                await copy.WriteAsync(n, cancellationToken);
                await copy.WriteAsync(school.Grades, NpgsqlDbType.Array | NpgsqlDbType.Text, cancellationToken);
                await copy.WriteAsync(school.Type, NpgsqlDbType.Text, cancellationToken);
                await copy.WriteAsync(school.UrbanRural, NpgsqlDbType.Text, cancellationToken);
                await copy.WriteAsync(school.RunBy, NpgsqlDbType.Text, cancellationToken);
                await copy.WriteAsync(key, NpgsqlDbType.Text, cancellationToken);
                await copy.WriteAsync(JsonSerializer.Serialize(values), NpgsqlDbType.Jsonb, cancellationToken);
            }
        }

        await copy.CompleteAsync(cancellationToken);
    }
}
