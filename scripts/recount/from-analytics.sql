-- What analytics was told: the revisions and reviews it keeps. Shows whether its figures follow from them.
create temp view recount_cycle as
select id, (period_end - period_start) > 200 as whole_year, period_start from analytics.cycles;

create temp view recount_roster as
select r.cycle_id, r.report_id, r.organisation_id, r.path, r.node_path, r.level, r.school_type, r.grades, r.module_keys, x.report_id is not null as exempt
from analytics.roster_entries r left join analytics.report_exemptions x on x.report_id = r.report_id;

create temp view recount_report as
select cycle_id, organisation_id, module_key, values, state, on_time,
  case when state <> 'submitted' and reviewed_at > submitted_at then reviewed_at else submitted_at end as as_of
from analytics.module_values where revision > 0;
