using Npgsql;

namespace Gengdu.Benchmarks.Setup;

/// <summary>The figures of one generated cycle: schools first, then what lies above them, sums over sums.</summary>
internal sealed class NationFigures(NpgsqlConnection connection, NationSize size, Guid cycle, string part, int seed)
{
    private const string Sums = """
        sum(numerator), sum(denominator), sum(reported), sum(due), sum(approved), sum(approved_numerator), sum(approved_denominator), sum(not_submitted), sum(missing), null::float8, max(as_of)
        """;

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        // The part is filled by itself and indexed afterwards: row by row it would take ten times as long.
        await WholeProvince.DoAsync(connection, $"""
            alter table analytics.school_indicators detach partition analytics.school_indicators_{part};
            drop table analytics.school_indicators_{part};
            create table analytics.school_indicators_{part} (like analytics.school_indicators including defaults) with (fillfactor = 80);
            insert into analytics.school_indicators_{part} (cycle_id, node_path, indicator, organisation_id, path, numerator, denominator, reason, approved, as_of)
              select '{cycle}', p.parent_path, i.id, p.id, p.path, case when w.reason is null then round(d.denominator * (20 + (h.value / 7) % 75) / 100.0, 2) end,
                case when w.reason is null then d.denominator end, w.reason, w.reason is null and h.value % 3 > 0, now() - (h.value % 100000) * interval '1 second'
              from (select * from bench.places where set_name = '{size.Name}' and level = 'school' order by n) p
              cross join (select indicator as id, row_number() over (order by indicator) as n from (select distinct indicator from analytics.node_figures where cycle_id = (select id from analytics.cycles order by opened_at desc limit 1)) d) i
              cross join lateral (select (hashint8(p.n * 10000::bigint + i.n * 100 + {seed})::bigint & 2147483647) as value) h
              cross join lateral (select case when h.value % 100 < 5 then 'not-submitted' when h.value % 100 < 8 then 'missing' when h.value % 100 < 14 then 'does-not-apply' end as reason) w
              cross join lateral (select 50 + (h.value / 11) % 1950 as denominator) d;
            alter table analytics.school_indicators_{part} add primary key (cycle_id, node_path, indicator, organisation_id);
            create index on analytics.school_indicators_{part} (cycle_id, indicator, path) where reason in ('missing', 'not-submitted', 'broken');
            alter table analytics.school_indicators attach partition analytics.school_indicators_{part} for values from ({Bound(0)}) to ({Bound(1)});
            """, cancellationToken);
        await WholeProvince.DoAsync(connection, $"""
            insert into analytics.node_figures (cycle_id, path, parent_path, indicator, numerator, denominator, reported, due, approved, approved_numerator, approved_denominator, not_submitted, missing, median, as_of)
              select '{cycle}', node_path, regexp_replace(node_path, '[^/]+/$', ''), indicator, coalesce(sum(numerator), 0), coalesce(sum(denominator), 0), count(numerator),
                count(*) filter (where reason is distinct from 'does-not-apply'), count(*) filter (where approved), coalesce(sum(numerator) filter (where approved), 0),
                coalesce(sum(denominator) filter (where approved), 0), count(*) filter (where reason = 'not-submitted'), count(*) filter (where reason = 'missing'),
                percentile_cont(0.5) within group (order by (numerator / nullif(denominator, 0))::float8) filter (where reason is null), max(as_of)
              from analytics.school_indicators where cycle_id = '{cycle}' group by node_path, indicator;
            insert into analytics.node_completeness (cycle_id, path, parent_path, organisation_id, schools, exempt, due, submitted, on_time, county_approved, city_approved, accepted, returned, as_of)
              select '{cycle}', p.path, p.parent_path, p.id, 1, 0, 10, 10 - p.n % 4, 9 - p.n % 4, 6 - p.n % 4, 3, 1, p.n % 2, now() from bench.places p where p.set_name = '{size.Name}' and p.level = 'school';
            """, cancellationToken);
        foreach (var level in (string[])["county", "city", "region", "province"])
        {
            await WholeProvince.DoAsync(connection, $"""
                insert into analytics.node_figures (cycle_id, path, parent_path, indicator, numerator, denominator, reported, due, approved, approved_numerator, approved_denominator, not_submitted, missing, median, as_of)
                  select '{cycle}', p.path, p.parent_path, f.indicator, {Sums} from {Places(level)} p join analytics.node_figures f on f.cycle_id = '{cycle}' and f.parent_path = p.path
                  where '{level}' <> 'county' group by p.path, p.parent_path, f.indicator;
                insert into analytics.node_completeness (cycle_id, path, parent_path, organisation_id, schools, exempt, due, submitted, on_time, county_approved, city_approved, accepted, returned, as_of)
                  select '{cycle}', p.path, p.parent_path, p.id, sum(schools), sum(exempt), sum(due), sum(submitted), sum(on_time), sum(county_approved), sum(city_approved), sum(accepted), sum(returned), max(as_of)
                  from {Places(level)} p join analytics.node_completeness c on c.cycle_id = '{cycle}' and c.parent_path = p.path group by p.path, p.parent_path, p.id;
                """, cancellationToken);
        }
    }

    private string Places(string level) => level == "province"
        ? "(select id, path, '/' as parent_path from analytics.organisations where 'province' = any(level_roles) limit 1)"
        : $"(select * from bench.places where set_name = '{size.Name}' and level = '{level}')";

    /// <summary>Where this half-year and the next begin, as ids.</summary>
    private string Bound(int next)
    {
        var half = ((int.Parse(part[..4], System.Globalization.CultureInfo.InvariantCulture) * 2) + (part[^1] - '1')) + next;
        var first = new DateTimeOffset(half / 2, half % 2 == 0 ? 1 : 7, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        return $"'{first >> 16:x8}-{first & 0xffff:x4}-0000-0000-000000000000'";
    }
}
