-- What analytics has and what was counted here, where they are not the same: no row when every figure of every node is right.
-- Medians and spreads are the only figures with roots and quotients: they agree to eight digits, all others to the last.
with figures as (
  select coalesce(f.cycle_id, r.cycle_id) as cycle_id, coalesce(f.path, r.path collate "C") as path, coalesce(f.indicator, r.indicator) as what,
    concat_ws(' / ', f.numerator, f.denominator, f.reported, f.due, f.approved, f.median, f.as_of, f.approved_numerator, f.approved_denominator, f.not_submitted, f.missing) as stored,
    concat_ws(' / ', r.numerator, r.denominator, r.reported, r.due, r.approved, r.median, r.as_of, r.approved_numerator, r.approved_denominator, r.not_submitted, r.missing) as recounted
  from analytics.node_figures f
  full join recount_node_figure r on r.cycle_id = f.cycle_id and r.path = f.path and r.indicator = f.indicator
  where f.path is null or r.path is null or (f.reported, f.due, f.approved, f.not_submitted, f.missing) is distinct from (r.reported::int, r.due::int, r.approved::int, r.not_submitted::int, r.missing::int)
    or (f.approved_numerator, f.approved_denominator) is distinct from (r.approved_numerator, r.approved_denominator)
    or f.denominator <> r.denominator or abs(f.numerator - r.numerator) > case when f.indicator = 'K40' then 1e-8 * r.denominator else 0 end
    or (f.median is null) <> (r.median is null) or abs(f.median - r.median) > 1e-8 * greatest(1, abs(r.median))
    or (r.as_of is not null and f.as_of is distinct from r.as_of)),
completeness as (
  select coalesce(c.cycle_id, r.cycle_id) as cycle_id, coalesce(c.path, r.path collate "C") as path, 'completeness' as what,
    concat_ws(' / ', c.schools, c.exempt, c.due, c.submitted, c.on_time, c.county_approved, c.city_approved, c.accepted, c.returned, c.as_of) as stored,
    concat_ws(' / ', r.schools, r.exempt, r.due, r.submitted, r.on_time, r.county_approved, r.city_approved, r.accepted, r.returned, r.as_of) as recounted
  from analytics.node_completeness c
  full join recount_node_completeness r on r.cycle_id = c.cycle_id and r.path = c.path
  where c.path is null or r.path is null
    or (c.schools, c.exempt, c.due, c.submitted, c.on_time, c.county_approved, c.city_approved, c.accepted, c.returned)
      is distinct from (r.schools::int, r.exempt::int, r.due::int, r.submitted::int, r.on_time::int, r.county_approved::int, r.city_approved::int, r.accepted::int, r.returned::int)
    or (r.as_of is not null and c.as_of is distinct from r.as_of))
select cycle_id, path, what, stored, recounted from figures
union all select cycle_id, path, what, stored, recounted from completeness
order by 1, 2, 3;
