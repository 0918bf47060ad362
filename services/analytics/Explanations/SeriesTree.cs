using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Figures;

namespace Gengdu.Analytics.Explanations;

/// <summary>
/// Whose schools a place has in the cycles of a series. "cycle": as each cycle has it, which follows moves until it closes; read
/// from the roll-ups. "today": the schools that stand below it now, wherever they stood then. "opening": those the roster was frozen with. The last
/// two are summed up from the schools when asked.
/// </summary>
internal static class SeriesTree
{
    public const string Cycle = "cycle";
    public const string Today = "today";
    public const string Opening = "opening";

    private const string Head = "c.id, c.name_zh, c.name_en, c.period_start, c.period_end, coalesce(cp.programme_version, c.programme_version), x.closed_at";
    private const string Cycles = "from cycles c left join cycle_programmes cp on cp.cycle_id = c.id left join cycle_closings x on x.cycle_id = c.id";
    private const string Order = "order by c.period_start, c.opened_at, c.id limit 40";
    private const string Nothing = "null::float8, null::int, null::timestamptz, null::boolean, null::text, null::numeric, null::numeric, null::int";

    /// <summary>Of roll-ups and, for a school, its own row. The place is where that cycle has it: a county that moved since keeps its own past.</summary>
    private const string AsOfCycle = $"""
        select {Head},
          coalesce(f.numerator, s.numerator), coalesce(f.denominator, s.denominator), coalesce(f.reported, (s.indicator is not null and s.reason is null)::int, 0),
          coalesce(f.due, (s.indicator is not null and (s.reason is null or s.reason not in {SchoolIndicator.NotDueSql}))::int, 0),
          coalesce(f.approved, (s.approved and s.reason is null)::int, 0), coalesce(f.as_of, s.as_of), n.on_time, n.due, n.county_approved, m.median,
          p.number, p.published_at, p.final, p.formula_version, p.numerator, p.denominator, p.reported
        {Cycles}
        left join node_completeness n on n.cycle_id = c.id and n.organisation_id = $2
        left join node_figures f on f.cycle_id = c.id and f.path = n.path and f.indicator = $3
        left join school_indicators s on s.cycle_id = c.id and s.node_path = n.parent_path and s.indicator = $3 and s.organisation_id = $2
        left join node_figures m on m.cycle_id = c.id and m.path = s.node_path and m.indicator = $3
        left join lateral (
          select g.number, b.published_at, b.final, b.formula_version, g.numerator, g.denominator, g.reported
          from published_figures g join publications b on b.cycle_id = g.cycle_id and b.number = g.number
          where g.cycle_id = c.id and g.path = n.path and g.indicator = $3 order by g.number desc limit 1) p on true
        where c.programme_key = $1 and n.path is not null {Order}
        """;

    public static bool IsKnown(string tree) => tree is Cycle or Today or Opening;

    /// <summary>Which tree is to be asked: a school is itself in all of them, and so is what holds everything, unless the number is made county by county.</summary>
    public static string Of(string tree, FigureHead head) =>
        head.IsSchool || (TreePath.Parent(head.Place.CyclePath) == "/" && head.Indicator.Kind != "dispersion") ? Cycle : tree;

    /// <summary>$1 programme, $2 organisation, $3 indicator; of other trees $4 the place's path today, $5 its end, $6 its number in paths.</summary>
    public static string Sql(string tree, string kind)
    {
        if (tree == Cycle)
        {
            return AsOfCycle;
        }

        var place = tree == Today ? "o.path" : "coalesce(r.opened_path, r.path)";
        var below = tree == Today
            ? "organisations o join roster_entries r on r.cycle_id = c.id and r.organisation_id = o.id where o.path >= $4 and o.path < $5"
            : "roster_entries r where r.cycle_id = c.id and $4::text is not null and $5::text is not null and position($6 in coalesce(r.opened_path, r.path)) > 0";
        return kind == "timeliness" ? Timely(below) : Summed(below, place, kind == "dispersion");
    }

    // All that is owed there, departments' reports included, as completeness counts it.
    private static string Timely(string below) => $"""
        select {Head}, null::numeric, null::numeric, 0, 0, 0, t.as_of, t.on_time, t.due, t.approved, {Nothing}
        {Cycles}
        cross join lateral (
          select coalesce(sum(w.due), 0)::int as due, coalesce(sum(w.on_time), 0)::int as on_time, coalesce(sum(w.approved), 0)::int as approved, max(w.as_of) as as_of, count(*) as owing
          from (select * from (select r.report_id, r.organisation_id, r.module_keys from {below}) b
            cross join lateral (select cardinality(b.module_keys) as due, count(*) filter (where v.on_time) as on_time,
                count(*) filter (where v.state in ('county-approved', 'city-approved', 'accepted')) as approved, max(greatest(v.submitted_at, case when v.state <> 'submitted' then v.reviewed_at end)) as as_of
              from module_values v where v.cycle_id = c.id and v.organisation_id = b.organisation_id and v.revision > 0 and v.module_key = any(b.module_keys)) k
            where not exists (select from report_exemptions e where e.report_id = b.report_id)) w) t
        where c.programme_key = $1 and $2::uuid is not null and $3::text is not null and $6::text is not null and t.owing > 0 {Order}
        """;

    private static string Summed(string below, string place, bool dispersion)
    {
        // As RollUp does it: by county and type, at least two schools, weighted by their number.
        var sums = dispersion
            ? """
                select coalesce(sum(k.schools * k.cv), 0) as numerator, coalesce(sum(k.schools), 0) as denominator, sum(k.reported)::int as reported, sum(k.due)::int as due, sum(k.approved)::int as approved, max(k.as_of) as as_of, count(*) as owing
                from (select case when count(w.value) > 1 and avg(w.value) > 0 then count(w.value)::numeric end as schools, round(stddev_pop(w.value) / nullif(avg(w.value), 0), 9) as cv,
                    count(*) filter (where w.reason is null) as reported, count(*) filter (where w.owes) as due, count(*) filter (where w.reason is null and w.approved) as approved, max(w.as_of) as as_of
                  from w group by w.node, w.school_type) k
                """
            : """
                select coalesce(sum(w.numerator), 0) as numerator, coalesce(sum(w.denominator), 0) as denominator, (count(*) filter (where w.reason is null))::int as reported, (count(*) filter (where w.owes))::int as due,
                  (count(*) filter (where w.reason is null and w.approved))::int as approved, max(w.as_of) as as_of, count(*) as owing
                from w
                """;
        return $"""
            select {Head}, a.numerator, a.denominator, a.reported, a.due, a.approved, a.as_of, 0, 0, 0, {Nothing}
            {Cycles}
            cross join lateral (
              with w as (
                select s.numerator, s.denominator, s.reason, s.approved, s.as_of, b.node, b.school_type, s.reason is null or s.reason not in {SchoolIndicator.NotDueSql} as owes,
                  case when s.reason is null and s.denominator > 0 then s.numerator / s.denominator end as value
                from (select r.organisation_id, r.node_path, r.school_type, r.level, regexp_replace({place}, '[^/]+/$', '') as node from {below}) b
                join school_indicators s on s.cycle_id = c.id and s.node_path = b.node_path and s.indicator = $3 and s.organisation_id = b.organisation_id
                where b.level = 'school')
              {sums}) a
            where c.programme_key = $1 and $2::uuid is not null and $6::text is not null and a.owing > 0 {Order}
            """;
    }
}
