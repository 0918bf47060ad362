-- Every county, city and the province straight from the schools below it, however deep: not from the nodes below, as the engine
-- sums. Makes recount_node_figure and recount_node_completeness.

-- "/1/12/157/" lies below "/1/12/" and "/1/".
create function pg_temp.above(path text) returns setof text language sql immutable
  as $$ select '/' || array_to_string(parts[1:n], '/') || '/' from (select string_to_array(trim(both '/' from path), '/') as parts) p
    cross join lateral generate_series(1, cardinality(parts) - 1) n $$;

create temp table recount_node_figure as
with spread as (
  select cycle_id, node_path, indicator, sum(schools * cv) as numerator, sum(schools) as denominator from (
    select cycle_id, node_path, indicator, school_type, count(*) as schools,
      round(stddev_pop(numerator / denominator) / avg(numerator / denominator), 9) as cv
    from recount_school_figure where indicator = 'K40' and reason is null and denominator > 0
    group by 1, 2, 3, 4 having count(*) > 1 and avg(numerator / denominator) > 0) kinds group by 1, 2, 3),
spread_above as (select s.cycle_id, n.path, s.indicator, sum(numerator) as numerator, sum(denominator) as denominator
  from spread s cross join lateral (select s.node_path union select pg_temp.above(s.node_path)) n(path) group by 1, 2, 3),
middle as (select cycle_id, node_path, indicator, percentile_cont(0.5) within group (order by (numerator / denominator)::float8) as median
  from recount_school_figure where reason is null and denominator > 0 and indicator in ('K03', 'K04', 'K05', 'K06', 'K08', 'K10', 'K11', 'K15', 'K16', 'K17', 'K22', 'K24',
    'K25', 'K26', 'K27', 'K28', 'K30', 'K31', 'K32', 'K33', 'K34', 'K35', 'K36') group by 1, 2, 3),
sums as (select f.cycle_id, n.path, f.indicator, coalesce(sum(f.numerator), 0) as numerator, coalesce(sum(f.denominator), 0) as denominator,
    count(*) filter (where reason is null) as reported, count(*) filter (where reason is null or reason in ('missing', 'not-submitted')) as due,
    count(*) filter (where reason is null and approved) as approved, max(as_of) as as_of,
    coalesce(sum(f.numerator) filter (where reason is null and approved), 0) as approved_numerator, coalesce(sum(f.denominator) filter (where reason is null and approved), 0) as approved_denominator,
    count(*) filter (where reason = 'not-submitted') as not_submitted, count(*) filter (where reason = 'missing') as missing
  from recount_school_figure f cross join lateral pg_temp.above(f.path) n(path) group by 1, 2, 3)
select s.cycle_id, s.path, s.indicator, case when s.indicator = 'K40' then coalesce(a.numerator, 0) else s.numerator end as numerator,
  case when s.indicator = 'K40' then coalesce(a.denominator, 0) else s.denominator end as denominator, s.reported, s.due, s.approved, m.median, s.as_of,
  s.approved_numerator, s.approved_denominator, s.not_submitted, s.missing
from sums s
left join spread_above a on a.cycle_id = s.cycle_id and a.path = s.path and a.indicator = s.indicator
left join middle m on m.cycle_id = s.cycle_id and m.node_path = s.path and m.indicator = s.indicator;

create temp table recount_node_completeness as
with own as (
  select r.cycle_id, r.report_id, r.path, (r.level = 'school')::int as schools, r.exempt::int as exempt, case when r.exempt then 0 else cardinality(r.module_keys) end as due,
    count(p.module_key) as submitted, count(*) filter (where p.on_time) as on_time,
    count(*) filter (where p.state in ('county-approved', 'city-approved', 'accepted')) as county_approved,
    count(*) filter (where p.state in ('city-approved', 'accepted')) as city_approved,
    count(*) filter (where p.state = 'accepted') as accepted, count(*) filter (where p.state = 'returned') as returned, max(p.as_of) as as_of
  from recount_roster r
  left join recount_report p on p.cycle_id = r.cycle_id and p.organisation_id = r.organisation_id and p.module_key = any(r.module_keys) and not r.exempt
  group by r.cycle_id, r.report_id, r.path, r.level, r.exempt, r.module_keys)
select o.cycle_id, n.path, sum(schools) as schools, sum(exempt) as exempt, sum(due) as due, sum(submitted) as submitted, sum(on_time) as on_time,
  sum(county_approved) as county_approved, sum(city_approved) as city_approved, sum(accepted) as accepted, sum(returned) as returned, max(as_of) as as_of
from own o cross join lateral (select o.path union select pg_temp.above(o.path)) n(path)
group by 1, 2;
