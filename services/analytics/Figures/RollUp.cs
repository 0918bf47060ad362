using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Programmes;
using Gengdu.Rules;
using Npgsql;

namespace Gengdu.Analytics.Figures;

/// <summary>
/// Recomputes nodes from what lies directly below them, deepest first, in one round trip. Nothing is ever added to a stored
/// sum: delivering an event twice, late or out of order leads to the same rows. A row that stays the same is not written,
/// so the number of rows written is the number of differences found.
/// </summary>
internal static class RollUp
{
    // A node may have schools of its own (a county, Dingzhou, a city that runs a school) and nodes below: both parts count.
    // Lateral sums, one index range a node and indicator: joined and grouped, the planner takes to reading whole tables.
    private const string Figures = $"""
        with touched as materialized (
          select path, indicator, indicator = any($4) as spread, indicator = any($5) as middle from unnest($2::text[], $3::text[]) as t(path, indicator)),
        parts as (
          select t.path, t.indicator, s.* from touched t cross join lateral (
            select
              case when t.spread then 0 else coalesce(sum(s.numerator), 0) end as numerator,
              case when t.spread then 0 else coalesce(sum(s.denominator), 0) end as denominator,
              count(*) - count(s.reason) as reported,
              count(*) - count(*) filter (where s.reason in {SchoolIndicator.NotDueSql}) as due,
              count(*) filter (where s.reason is null and s.approved) as approved,
              coalesce(sum(s.numerator) filter (where s.reason is null and s.approved), 0) as approved_numerator,
              coalesce(sum(s.denominator) filter (where s.reason is null and s.approved), 0) as approved_denominator,
              count(*) filter (where s.reason = '{SchoolIndicator.NotSubmitted}') as not_submitted,
              count(*) filter (where s.reason = '{IndicatorOutcome.Missing}') as missing,
              percentile_cont(0.5) within group (order by (s.numerator / nullif(s.denominator, 0))::float8)
                filter (where t.middle and s.reason is null and s.denominator > 0) as median,
              max(s.as_of) as as_of
            from school_indicators s where s.cycle_id = $1 and s.node_path = t.path collate "C" and s.indicator = t.indicator
            having count(*) > 0) s
          union all
          select t.path, t.indicator, g.numerator, g.denominator, 0, 0, 0, 0, 0, 0, 0, null, null from touched t cross join lateral (
            select sum(k.schools * k.cv) as numerator, sum(k.schools) as denominator from (
              select count(*)::numeric as schools, round(stddev_pop(s.numerator / s.denominator) / avg(s.numerator / s.denominator), 9) as cv
              from school_indicators s join roster_entries r on r.cycle_id = $1 and r.organisation_id = s.organisation_id and r.level = 'school'
              where s.cycle_id = $1 and s.node_path = t.path collate "C" and s.indicator = t.indicator and s.reason is null and s.denominator > 0
              group by r.school_type
              having count(*) > 1 and avg(s.numerator / s.denominator) > 0) k
            having count(*) > 0) g
          where t.spread
          union all
          select t.path, t.indicator, n.* from touched t cross join lateral (
            select sum(n.numerator), sum(n.denominator), sum(n.reported), sum(n.due), sum(n.approved), sum(n.approved_numerator), sum(n.approved_denominator),
              sum(n.not_submitted), sum(n.missing), null::float8, max(n.as_of)
            from node_figures n where n.cycle_id = $1 and n.parent_path = t.path collate "C" and n.indicator = t.indicator
            having count(*) > 0) n)
        insert into node_figures as f (cycle_id, path, parent_path, indicator, numerator, denominator, reported, due, approved, approved_numerator, approved_denominator,
          not_submitted, missing, median, as_of)
        select $1, path, regexp_replace(path, '[^/]+/$', ''), indicator, sum(numerator), sum(denominator), sum(reported), sum(due), sum(approved),
          sum(approved_numerator), sum(approved_denominator), sum(not_submitted), sum(missing), max(median), max(as_of)
        from parts group by path, indicator
        on conflict (cycle_id, path, indicator) do update set numerator = excluded.numerator, denominator = excluded.denominator,
          reported = excluded.reported, due = excluded.due, approved = excluded.approved, approved_numerator = excluded.approved_numerator,
          approved_denominator = excluded.approved_denominator, not_submitted = excluded.not_submitted, missing = excluded.missing, median = excluded.median, as_of = excluded.as_of
        where (f.numerator, f.denominator, f.reported, f.due, f.approved, f.approved_numerator, f.approved_denominator, f.not_submitted, f.missing, f.median, f.as_of)
          is distinct from (excluded.numerator, excluded.denominator, excluded.reported, excluded.due, excluded.approved, excluded.approved_numerator,
            excluded.approved_denominator, excluded.not_submitted, excluded.missing, excluded.median, excluded.as_of)
        """;

    private const string Completeness = """
        with own as (
          select r.path, r.organisation_id, r.report_id, (r.level = 'school')::int as schools, (x.report_id is not null)::int as exempt,
            case when x.report_id is null then cardinality(r.module_keys) else 0 end as due,
            count(v.module_key) as submitted,
            count(*) filter (where v.on_time) as on_time,
            count(*) filter (where v.state in ('county-approved', 'city-approved', 'accepted')) as county_approved,
            count(*) filter (where v.state in ('city-approved', 'accepted')) as city_approved,
            count(*) filter (where v.state = 'accepted') as accepted,
            count(*) filter (where v.state = 'returned') as returned,
            max(greatest(v.submitted_at, case when v.state <> 'submitted' then v.reviewed_at end)) as as_of
          from unnest($2::text[]) as t(path)
          join roster_entries r on r.cycle_id = $1 and r.path = t.path collate "C"
          left join report_exemptions x on x.report_id = r.report_id
          left join module_values v on v.cycle_id = $1 and v.organisation_id = r.organisation_id and v.revision > 0 and v.module_key = any(r.module_keys) and x.report_id is null
          group by r.path, r.organisation_id, r.report_id, r.level, r.module_keys, x.report_id),
        parts as (
          select path, organisation_id, schools, exempt, due, submitted, on_time, county_approved, city_approved, accepted, returned, as_of from own
          union all
          select t.path, null, n.* from unnest($2::text[]) as t(path) cross join lateral (
            select sum(n.schools), sum(n.exempt), sum(n.due), sum(n.submitted), sum(n.on_time), sum(n.county_approved), sum(n.city_approved), sum(n.accepted),
              sum(n.returned), max(n.as_of)
            from node_completeness n where n.cycle_id = $1 and n.parent_path = t.path collate "C"
            having count(*) > 0) n)
        insert into node_completeness as c (cycle_id, path, parent_path, organisation_id, schools, exempt, due, submitted, on_time, county_approved,
          city_approved, accepted, returned, as_of)
        select $1, path, regexp_replace(path, '[^/]+/$', ''),
          coalesce((array_agg(organisation_id) filter (where organisation_id is not null))[1],
            (select o.id from organisations o where o.path = parts.path limit 1),
            (select p.organisation_id from organisation_places p where p.path = parts.path limit 1)),
          sum(schools), sum(exempt), sum(due), sum(submitted), sum(on_time), sum(county_approved), sum(city_approved), sum(accepted), sum(returned), max(as_of)
        from parts group by path
        on conflict (cycle_id, path) do update set organisation_id = coalesce(c.organisation_id, excluded.organisation_id),
          schools = excluded.schools, exempt = excluded.exempt, due = excluded.due, submitted = excluded.submitted, on_time = excluded.on_time,
          county_approved = excluded.county_approved, city_approved = excluded.city_approved, accepted = excluded.accepted,
          returned = excluded.returned, as_of = excluded.as_of
        where (c.schools, c.exempt, c.due, c.submitted, c.on_time, c.county_approved, c.city_approved, c.accepted, c.returned, c.as_of)
          is distinct from (excluded.schools, excluded.exempt, excluded.due, excluded.submitted, excluded.on_time, excluded.county_approved,
            excluded.city_approved, excluded.accepted, excluded.returned, excluded.as_of)
          or (c.organisation_id is null and excluded.organisation_id is not null)
        """;

    // A node that everything left has no figures any more: not zeros, no row.
    private const string EmptyFigures = """
        delete from node_figures f using unnest($2::text[], $3::text[]) as t(path, indicator)
        where f.cycle_id = $1 and f.path = t.path collate "C" and f.indicator = t.indicator
          and not exists (select 1 from school_indicators s where s.cycle_id = $1 and s.node_path = f.path and s.indicator = f.indicator)
          and not exists (select 1 from node_figures n where n.cycle_id = $1 and n.parent_path = f.path and n.indicator = f.indicator)
        """;

    private const string EmptyCompleteness = """
        delete from node_completeness c where c.cycle_id = $1 and c.path = any($2)
          and not exists (select 1 from roster_entries r where r.cycle_id = $1 and r.path = c.path)
          and not exists (select 1 from node_completeness n where n.cycle_id = $1 and n.parent_path = c.path)
        """;

    /// <summary>Indicators of the nodes above the touched schools.</summary>
    /// <param name="batch">Takes the statements.</param>
    /// <param name="cycleId">The cycle.</param>
    /// <param name="touched">Node directly above a school, and indicator; ancestors are added here.</param>
    /// <param name="formulas">Which indicators are no plain sums.</param>
    /// <param name="leaving">Whether something may have left a node.</param>
    public static void AddFigures(NpgsqlBatch batch, Guid cycleId, IEnumerable<(string Path, string Indicator)> touched, Formulas formulas, bool leaving = false)
    {
        var pairs = touched.SelectMany(pair => TreePath.Ancestors(pair.Path).Prepend(pair.Path).Select(path => (Path: path, pair.Indicator)))
            .Distinct().ToLookup(pair => pair.Path, pair => pair.Indicator);
        foreach (var paths in TreePath.ByDepth(pairs.Select(group => group.Key)))
        {
            var rows = paths.SelectMany(path => pairs[path].Order(StringComparer.Ordinal).Select(indicator => (path, indicator))).ToArray();
            if (leaving)
            {
                batch.BatchCommands.Add(new(EmptyFigures)
                { Parameters = { new() { Value = cycleId }, new() { Value = rows.Select(row => row.path).ToArray() }, new() { Value = rows.Select(row => row.indicator).ToArray() } } });
            }

            batch.BatchCommands.Add(new(Figures)
            {
                Parameters =
                {
                    new() { Value = cycleId },
                    new() { Value = rows.Select(row => row.path).ToArray() },
                    new() { Value = rows.Select(row => row.indicator).ToArray() },
                    new() { Value = formulas.Dispersions },
                    new() { Value = formulas.Medians },
                },
            });
        }
    }

    /// <summary>Completeness of the touched organisations and of all nodes above them.</summary>
    public static void AddCompleteness(NpgsqlBatch batch, Guid cycleId, IEnumerable<string> touched, bool leaving = false)
    {
        foreach (var paths in TreePath.ByDepth(touched.SelectMany(path => TreePath.Ancestors(path).Prepend(path))))
        {
            if (leaving)
            {
                batch.BatchCommands.Add(new(EmptyCompleteness) { Parameters = { new() { Value = cycleId }, new() { Value = paths } } });
            }

            batch.BatchCommands.Add(new(Completeness) { Parameters = { new() { Value = cycleId }, new() { Value = paths } } });
        }
    }
}
