using Npgsql;

namespace Gengdu.Benchmarks.Setup;

/// <param name="Schools">Of all counties together.</param>
/// <param name="Counties">With as many schools each.</param>
/// <param name="Cities">Over the counties.</param>
/// <param name="Regions">Over the cities, as a nation has provinces; 0 for a province.</param>
/// <param name="FirstYear">Its cycles belong to this year and those after: each lies in a part of the tables of its own.</param>
internal sealed record NationSize(string Name, int Schools, int Counties, int Cities, int Regions, int FirstYear)
{
    public static readonly NationSize Province = new("province", 14_858, 199, 11, 0, 2029);

    /// <summary>With 75 schools a county and nine counties a city, as the whole nation has them.</summary>
    public static NationSize Nation(int schools) => new("nation", schools, Math.Max(31, schools / 75), Math.Max(31, schools / 650), 31, 2027);
}

/// <summary>
/// Cycles of a province and of a nation as analytics stores them: every school with a row for every indicator, and everything
/// above it. Numbers come from hashes of school, indicator and cycle: each run makes the same. Written with SQL, without the engine,
/// because reporting it all would take hours; what the engine makes of real reports is tested elsewhere.
/// </summary>
internal sealed class Nation(NpgsqlDataSource postgres, NationSize size)
{
    public const int Cycles = 4;

    public IReadOnlyList<Guid> CycleIds { get; } =
        [.. Enumerable.Range(0, Cycles).Select(n => Guid.CreateVersion7(new DateTimeOffset(size.FirstYear + (n / 2), n % 2 == 0 ? 3 : 9, 1, 0, 0, 0, TimeSpan.Zero)))];

    public async Task MakeAsync(CancellationToken cancellationToken)
    {
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        await WholeProvince.DoAsync(connection, Tree, cancellationToken);
        for (var n = 0; n < Cycles; n++)
        {
            var started = TimeProvider.System.GetTimestamp();
            await MakeCycleAsync(connection, n, cancellationToken);
            Console.WriteLine($"  {size.Name}: cycle {n + 1} of {Cycles} made in {TimeProvider.System.GetElapsedTime(started).TotalSeconds:F0} s");
        }

        // As tables are that grew for years: what Postgres would put in order behind the questions is in order before.
        await WholeProvince.DoAsync(connection, "vacuum (analyze) analytics.organisations, analytics.roster_entries, analytics.school_indicators, analytics.node_figures, analytics.node_completeness", cancellationToken);
    }

    /// <summary>Ids of its places at one level.</summary>
    public async Task<Guid[]> PlacesAsync(string level, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand("select array_agg(id order by n) from bench.places where set_name = $1 and level = $2");
        command.Parameters.AddWithValue(size.Name);
        command.Parameters.AddWithValue(level);
        return (Guid[])(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>A county's schools lie scattered in the table, as they come in.</summary>
    private string Tree => $"""
        create schema if not exists bench;
        create table if not exists bench.places (set_name text, level text, n int, id uuid, path text collate "C", parent_path text collate "C", parent_id uuid);
        {(size.Regions > 0 ? Under("region", size.Regions, "(select 0 as n, id, path from analytics.organisations where 'province' = any(level_roles) limit 1)", 1) : "")}
        {Under("city", size.Cities, size.Regions > 0 ? Level("region") : "(select 0 as n, id, path from analytics.organisations where 'province' = any(level_roles) limit 1)", Math.Max(1, size.Regions))}
        {Under("county", size.Counties, Level("city"), size.Cities)}
        {Under("school", size.Schools, Level("county"), size.Counties)}
        insert into analytics.organisations
          select (jsonb_populate_record(o, jsonb_build_object('id', p.id, 'path', p.path, 'code', p.set_name || p.level || p.n, 'parent_id', p.parent_id,
            'name_zh', p.level || p.n, 'name_en', p.level || p.n, 'level_roles', jsonb_build_array(case p.level when 'region' then 'city' else p.level end)))).*
          from bench.places p join analytics.organisations o on o.id = case when p.level = 'school'
            then (select s.id from analytics.organisations s where s.kind = 'school' limit 1) else (select c.id from analytics.organisations c where 'county' = any(c.level_roles) limit 1) end
          where p.set_name = '{size.Name}';
        create unique index if not exists places_by_path on bench.places (path);
        analyze bench.places, analytics.organisations;
        """;

    private string Level(string level) => $"(select n, id, path from bench.places where set_name = '{size.Name}' and level = '{level}')";

    // Numbers of the paths no real place has.
    private string Under(string level, int count, string above, int of) => $"""
        insert into bench.places select '{size.Name}', '{level}', i, md5('{size.Name} {level} ' || i)::uuid,
          a.path || {(size.Regions > 0 ? 910_000_000 : 920_000_000)} + i + {level.Length * 1_000_000} || '/', a.path, a.id
          from generate_series(0, {count - 1}) i join {above} a on a.n = i % {of};
        """;

    private async Task MakeCycleAsync(NpgsqlConnection connection, int n, CancellationToken cancellationToken)
    {
        var cycle = CycleIds[n];
        var part = $"{size.FirstYear + (n / 2)}h{1 + (n % 2)}";
        await WholeProvince.DoAsync(connection, $"""
            -- The cycle that was opened last lends its programme.
            insert into analytics.cycles select (jsonb_populate_record(c, jsonb_build_object('id', '{cycle}', 'name_zh', '{part}', 'name_en', '{part}',
              'period_start', '{size.FirstYear + (n / 2)}-0{1 + (n % 2)}-01', 'opened_at', now() - interval '1 year'))).* from analytics.cycles c order by c.opened_at desc limit 1;
            insert into analytics.roster_entries (cycle_id, report_id, organisation_id, path, node_path, level, code, school_type, urban_rural, run_by, grades, module_keys)
              select '{cycle}', md5('{cycle}' || p.path)::uuid, p.id, p.path, p.parent_path, 'school', p.set_name || p.n, k.school_type, k.urban_rural, k.run_by, k.grades, c.module_keys
              from bench.places p join (select row_number() over (order by code) - 1 as n, count(*) over () as kinds, school_type, urban_rural, run_by, grades
                from analytics.roster_entries where level = 'school' and cycle_id = (select id from analytics.cycles order by opened_at desc limit 1)) k on k.n = p.n % k.kinds
              cross join (select module_keys from analytics.cycles where id = '{cycle}') c where p.set_name = '{size.Name}' and p.level = 'school';
            """, cancellationToken);
        await new NationFigures(connection, size, cycle, part, seed: n + 1).WriteAsync(cancellationToken);
    }
}
