-- What the schools signed: the revisions as reporting stores them, at the places analytics has the roster at. Shows whether
-- anything was lost, doubled or changed on the way, too. When a review was made is not known here: as_of stays empty.
create temp view recount_cycle as
select id, (period_end - period_start) > 200 as whole_year, period_start from reporting.cycles where opened_at is not null;

create temp view recount_roster as
select r.cycle_id, r.id as report_id, r.organisation_id, a.path, a.node_path, r.level, r.school_type, r.grades, r.module_keys, r.exempted_at is not null as exempt
from reporting.reports r left join analytics.roster_entries a on a.report_id = r.id;

create temp view recount_report as
select m.cycle_id, m.organisation_id, m.module_key, v.values, f.on_time, null::timestamptz as as_of,
  case when w.revision is distinct from m.revision then 'submitted'
    when w.state in ('accepted', 'returned', 'withdrawn', 'unlocked') then w.state
    when w.city_approved_by is not null then 'city-approved'
    when w.county_approved_by is not null then 'county-approved'
    else 'submitted' end as state
from reporting.module_reports m
join reporting.revisions v on v.module_report_id = m.id and v.number = m.revision
join lateral (select on_time from reporting.revisions where module_report_id = m.id order by number limit 1) f on true
left join supervision.reviews w on w.module_report_id = m.id;
