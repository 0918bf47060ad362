-- What is no longer as it was published: figures or file, cycle, number. Apart from the code that made the hashes (ADR 0036).
select 'figures', p.cycle_id, p.number from analytics.publications p cross join lateral (
  select encode(sha256(convert_to(coalesce(string_agg(concat_ws(',', f.path, f.indicator, trim_scale(f.numerator), trim_scale(f.denominator), f.reported, f.due, f.approved), E'\n'
    order by f.path collate "C", f.indicator collate "C"), ''), 'UTF8')), 'hex') as hash
  from analytics.published_figures f where f.cycle_id = p.cycle_id and f.number = p.number) again
where p.figures_hash is not null and p.figures_hash <> again.hash
union all
select 'file', p.cycle_id, p.number from analytics.publications p left join analytics.open_editions e on e.cycle_id = p.cycle_id and e.number = p.number
where p.open_hash is not null and p.open_hash is distinct from encode(sha256(e.csv), 'hex');
