using System.Globalization;
using Npgsql;

namespace Gengdu.Benchmarks.Setup;

/// <summary>
/// The rest of a whole province in every cycle that was opened, on its last evening: most modules signed, some waiting for it, some
/// with errors, some untouched. Made with SQL, because nothing of how they came about matters to who counts them.
/// </summary>
internal sealed class RoomRows(NpgsqlDataSource postgres)
{
    private const int Cells = 50;

    private static readonly string Values = $"{{{string.Join(',', Enumerable.Range(1, Cells).Select(n => string.Create(CultureInfo.InvariantCulture, $"\"cell_{n}\":{n * 7}")))}}}";

    private const string Reports = """
        with counties as (
          select path, code, row_number() over (order by code) - 1 as n, count(*) over () as all_of_them from reporting.organisations where 'county' = any(level_roles)
        ), owed as (
          select distinct on (r.cycle_id) r.cycle_id, r.module_keys from reporting.reports r where r.level = 'school' order by r.cycle_id, cardinality(r.module_keys) desc
        )
        insert into reporting.reports (id, cycle_id, organisation_id, organisation_path, level, code, name_zh, name_en, parent_code, school_type, urban_rural, run_by, grades, module_keys)
        select gen_random_uuid(), o.cycle_id, md5('room' || s.n)::uuid, c.path || (6000000 + s.n) || '/', 'school', '28' || lpad(s.n::text, 8, '0'), '第' || s.n || '小学', 'Di ' || s.n || ' Xiao Xue', c.code,
          'primary', 'town', 'education', '{}', o.module_keys
        from owed o cross join generate_series(1, $1) s(n) join counties c on c.n = s.n % c.all_of_them
        """;

    private const string Modules = """
        insert into reporting.module_reports (id, report_id, cycle_id, organisation_id, organisation_path, module_key, reads, state, version, values, explanations, errors, warnings, unexplained,
          completion, revision, review_version, saved_at)
        select gen_random_uuid(), r.id, r.cycle_id, r.organisation_id, r.organisation_path, key, '{}', x.state, 3, case x.state when 'not-started' then '{}' else $1::jsonb end, '[]',
          case x.state when 'draft' then x.n % 9 else 0 end, 0, 0, 1, case x.state when 'submitted' then 1 else 0 end, 0,
          case x.state when 'not-started' then null else now() - x.n * interval '1 minute' end
        from reporting.reports r cross join unnest(r.module_keys) with ordinality k(key, place)
        cross join lateral (select r.number * 7 + k.place as n, case (r.number + k.place) % 20 when 0 then 'not-started' when 1 then 'draft' when 2 then 'draft' when 3 then 'complete' else 'submitted' end as state) x
        where r.code like '28________'
        """;

    /// <summary>So many more schools in each cycle. Days have passed since it was opened: the database has tidied up once.</summary>
    public async Task FillAsync(int schools, CancellationToken cancellationToken)
    {
        await DoAsync(Reports, schools);
        await DoAsync(Modules, Values);
        await DoAsync("vacuum analyze reporting.reports");
        await DoAsync("vacuum analyze reporting.module_reports");

        async Task DoAsync(string sql, params object[] values)
        {
            await using var command = postgres.CreateCommand(sql);
            command.CommandTimeout = 300;
            foreach (var value in values)
            {
                command.Parameters.Add(new() { Value = value });
            }

            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
