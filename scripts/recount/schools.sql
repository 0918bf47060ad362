-- Each school's part of K01 to K40, by hand from the definitions of the labor-education programme: nothing here is read from
-- its formulas, so what the engine gets wrong differs from this. Makes recount_school_figure.
-- A form that gave a field another meaning within the cycle is beyond it: every revision is read as the present form has it.

create function pg_temp.num(value jsonb) returns numeric language sql immutable
  as $$ select case jsonb_typeof(value) when 'number' then value::numeric end $$;
create function pg_temp.entries(value jsonb) returns jsonb language sql immutable
  as $$ select case jsonb_typeof(value) when 'object' then value else '{}' end $$;
create function pg_temp.rows(value jsonb) returns jsonb language sql immutable
  as $$ select case jsonb_typeof(value) when 'array' then value else '[]' end $$;
-- Whether a field asked for each grade has an answer of its type for any of them.
create function pg_temp.answered(value jsonb, type text) returns boolean language sql immutable
  as $$ select exists (select 1 from jsonb_each(pg_temp.entries(value)) e
    where e.key ~ '^(g([1-9]|1[0-2])|v[1-3])$' and jsonb_typeof(e.value) = type and e.value <> '[]') $$;
create function pg_temp.tasks(grade text) returns text[] language sql immutable
  as $$ select case when grade in ('g1', 'g2') then array['cleaning', 'tidying', 'cooking', 'farming', 'crafts']
    when grade in ('g3', 'g4') then array['cleaning', 'tidying', 'cooking', 'appliances', 'farming', 'crafts', 'services', 'volunteering']
    when grade ~ '^g[5-9]$' then array['tidying', 'cooking', 'appliances', 'farming', 'crafts', 'industry', 'technology', 'services', 'volunteering'] end $$;

-- One row a school: the newest revisions of all its modules side by side. Keys of fields are unique over the modules.
create temp table recount_answers as
select r.cycle_id, r.organisation_id, r.path, r.node_path, r.school_type, r.grades, r.module_keys, r.exempt, c.whole_year, c.period_start,
  coalesce(s.modules, '{}') as submitted, coalesce(s.approved, '{}') as approved, coalesce(s.moments, '{}') as moments, coalesce(v.answers, '{}') as v
from recount_roster r
join recount_cycle c on c.id = r.cycle_id
left join (select cycle_id, organisation_id, array_agg(module_key) as modules,
    array_agg(module_key) filter (where state in ('county-approved', 'city-approved', 'accepted')) as approved, jsonb_object_agg(module_key, as_of) as moments
  from recount_report group by 1, 2) s on s.cycle_id = r.cycle_id and s.organisation_id = r.organisation_id
left join (select p.cycle_id, p.organisation_id, jsonb_object_agg(e.key, e.value) as answers
  from recount_report p cross join jsonb_each(p.values) e group by 1, 2) v on v.cycle_id = r.cycle_id and v.organisation_id = r.organisation_id
where r.level = 'school';
analyze recount_answers;

create temp table recount_school_figure as
select a.cycle_id, a.organisation_id, a.path, a.node_path, a.school_type, k.id as indicator, reason.reason,
  case when reason.reason is null then round(k.numerator, 9) end as numerator,
  case when reason.reason is null then round(k.denominator, 9) end as denominator,
  k.modules <@ a.approved as approved,
  -- Nothing of it counts while a module is not there, however new the others are.
  case when reason.reason is null or reason.reason not in ('not-submitted', 'not-collected') then (select max((a.moments ->> m)::timestamptz) from unnest(k.modules) m) end as as_of
from recount_answers a
-- Sums over the grades the school has.
cross join lateral (
  select coalesce(bool_and(coalesce(classes, 1) = 0 or coalesce(offered, false)), true) as all_offered,
    coalesce(bool_and(coalesce(classes, 1) = 0 or coalesce(weekly, 0) >= 1), true) as all_weekly,
    coalesce(bool_and(coalesce(classes, 1) = 0 or g like 'v%' or coalesce(outside, 0) >= case when g in ('g1', 'g2') then 2 else 3 end), true) as all_outside,
    bool_or(g not like 'v%') as has_general, bool_or(g ~ '^g[1-9]$') as has_compulsory, bool_or(g ~ '^g1[0-2]$') as has_senior, bool_or(g like 'v%') as has_vocational,
    coalesce(sum(coalesce(classes, 0) * coalesce(weekly, 0)), 0) as weekly_lessons,
    coalesce(sum(coalesce(classes, 0) * greatest(coalesce(weekly, 0), 1)), 0) as lessons_due,
    coalesce(sum(coalesce(classes, 0) * coalesce(actual, 0)), 0) as lessons_given,
    coalesce(sum(coalesce(classes, 0) * case when g = 'g9' then 33 else 35 end), 0) as lessons_of_year,
    count(*) filter (where offered) as offered_grades, count(*) filter (where offered and timetabled) as timetabled_grades,
    count(*) filter (where offered and listed) as listed_grades,
    coalesce(sum(students) filter (where offered), 0) as pupils,
    coalesce(sum((select count(*) from jsonb_array_elements(pg_temp.rows(groups)) k where k #>> '{}' = any(pg_temp.tasks(g)))), 0) as task_groups,
    coalesce(sum(cardinality(pg_temp.tasks(g))), 0) as task_groups_of_stage
  from (select g, pg_temp.num(v -> 'classes' -> g) as classes, pg_temp.num(v -> 'weekly_hours' -> g) as weekly, pg_temp.num(v -> 'actual_hours' -> g) as actual,
      pg_temp.num(v -> 'outside_hours' -> g) as outside, pg_temp.num(v -> 'students' -> g) as students, v -> 'offered' -> g = 'true' as offered,
      v -> 'timetabled' -> g = 'true' as timetabled, v -> 'labor_list' -> g = 'true' as listed, v -> 'task_groups' -> g as groups
    from unnest(a.grades) g) one) g
-- The single answers, and sums over all grades that were answered.
cross join lateral (
  select (select coalesce(sum(pg_temp.num(e.value)), 0) from jsonb_each(pg_temp.entries(v -> 'classes')) e where e.key ~ '^(g([1-9]|1[0-2])|v[1-3])$') as classes,
    (select coalesce(sum(pg_temp.num(e.value)), 0) from jsonb_each(pg_temp.entries(v -> 'students')) e where e.key ~ '^(g([1-9]|1[0-2])|v[1-3])$') as students,
    pg_temp.answered(v -> 'classes', 'number') as has_classes, pg_temp.answered(v -> 'students', 'number') as has_students, pg_temp.answered(v -> 'offered', 'boolean') as has_offered,
    pg_temp.answered(v -> 'weekly_hours', 'number') as has_weekly, pg_temp.answered(v -> 'actual_hours', 'number') as has_actual,
    pg_temp.num(v -> 'encroached') as encroached, pg_temp.num(v -> 'ft_labor') as ft, pg_temp.num(v -> 'pt_labor') as pt, pg_temp.num(v -> 'trained') as trained,
    pg_temp.num(v -> 'spend_total') as spend, pg_temp.num(v -> 'budget') as budget, pg_temp.num(v -> 'src_public') as src_public, pg_temp.num(v -> 'public_fund') as public_fund,
    pg_temp.num(v -> 'hazards_found') as found, pg_temp.num(v -> 'hazards_fixed') as fixed, pg_temp.num(v -> 'survey_n') as asked, pg_temp.num(v -> 'survey_ok') as content,
    pg_temp.num(v -> 'inspector_visits') as visits, pg_temp.num(v -> 'mentors') as mentors, pg_temp.num(v -> 'rooms') as rooms, pg_temp.num(v -> 'base_visits') as base_visits,
    pg_temp.num(v -> 'equip_value') as equipment, pg_temp.num(v -> 'insured') as insured, pg_temp.num(v -> 'recorded') as recorded, pg_temp.num(v -> 'participants') as participants,
    pg_temp.num(v -> 'sh_credits') as credits, pg_temp.num(v -> 'voc_hours') as vocational_hours, coalesce(pg_temp.num(v -> 'week_participants'), 0) as week_participants,
    (select coalesce(sum(pg_temp.num(x -> 'hours')), 0) from jsonb_array_elements(pg_temp.rows(v -> 'roster')) x) as roster_hours,
    (select count(*) from jsonb_array_elements(pg_temp.rows(v -> 'on_campus')) x) as places,
    (select coalesce(sum(pg_temp.num(x -> 'area')), 0) from jsonb_array_elements(pg_temp.rows(v -> 'on_campus')) x) as area,
    (select count(*) from jsonb_array_elements(pg_temp.rows(v -> 'bases')) x) as bases,
    (select count(*) from jsonb_array_elements(pg_temp.rows(v -> 'bases')) x where x -> 'safety_ok' = 'true') as safe_bases,
    exists (select 1 from jsonb_array_elements(pg_temp.rows(v -> 'bases')) x
      where x ->> 'agreement_to' ~ '^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$' and x ->> 'agreement_to' >= a.period_start::text) as has_base,
    (select count(*) from jsonb_array_elements(pg_temp.rows(v -> 'incidents')) x) as incidents) o
-- id, what it is made of, what must be there to say whether it applies, whether it applies, whether nothing is missing, and the two numbers.
cross join lateral (values
  ('K01', array['basic-information', 'curriculum'], '{}'::text[], true, has_classes and has_offered, all_offered::int::numeric, 1::numeric),
  ('K02', array['basic-information', 'curriculum'], '{}', true, has_classes and has_weekly, all_weekly::int, 1),
  ('K03', array['basic-information', 'curriculum'], '{}', true, has_classes and has_weekly, weekly_lessons, classes),
  ('K04', array['basic-information', 'curriculum'], '{}', true, has_classes and has_actual, lessons_given, lessons_of_year * case when whole_year then 1 else 0.5 end),
  ('K05', array['curriculum'], '{}', true, has_offered and pg_temp.answered(v -> 'timetabled', 'boolean'), timetabled_grades, offered_grades),
  ('K06', array['basic-information', 'curriculum'], '{}', true, encroached is not null and has_classes and has_actual, encroached, lessons_given + encroached),
  ('K07', array['curriculum'], '{}', true, jsonb_typeof(v -> 'week_held') = 'boolean', (v -> 'week_held' = 'true')::int, 1),
  ('K08', array['basic-information', 'curriculum'], '{}', true, true, week_participants, pupils),
  ('K09', array['basic-information', 'curriculum'], '{}', has_general, has_classes and pg_temp.answered(v -> 'outside_hours', 'number'), all_outside::int, 1),
  ('K10', array['curriculum', 'overall-plan'], '{}', true, has_offered and pg_temp.answered(v -> 'labor_list', 'boolean'), listed_grades, offered_grades),
  ('K11', array['curriculum'], '{}', has_compulsory, pg_temp.answered(v -> 'task_groups', 'array'), task_groups, task_groups_of_stage),
  ('K12', array['curriculum'], '{}', has_senior, credits is not null, (credits >= 6)::int, 1),
  ('K13', array['curriculum'], '{}', has_vocational, vocational_hours is not null, (vocational_hours >= 16)::int, 1),
  ('K14', array['basic-information', 'teaching-staff'], array['basic-information'], classes >= 12, ft is not null and has_classes, (ft >= 1)::int, 1),
  ('K15', array['basic-information', 'curriculum', 'teaching-staff'], '{}', true, ft is not null and pt is not null and has_offered and has_students, pupils, ft + 0.5 * pt),
  ('K16', array['basic-information', 'curriculum', 'teaching-staff'], '{}', true, has_classes and has_weekly, roster_hours, lessons_due),
  ('K17', array['teaching-staff'], '{}', true, trained is not null and ft is not null and pt is not null, trained, ft + pt),
  ('K18', array['teaching-staff'], '{}', true, mentors is not null, (mentors >= 1)::int, 1),
  ('K19', array['teaching-staff'], '{}', true, jsonb_typeof(v -> 'workload_counted') = 'boolean', (v -> 'workload_counted' = 'true')::int, 1),
  ('K20', array['practice-places'], '{}', true, true, (places >= 1)::int, 1),
  ('K21', array['basic-information', 'practice-places'], array['basic-information'], classes >= 10, rooms is not null and has_classes, (rooms >= ceil(classes / 15))::int, 1),
  ('K22', array['basic-information', 'curriculum', 'practice-places'], '{}', true, has_offered and has_students, area, pupils),
  ('K23', array['practice-places'], '{}', true, true, has_base::int, 1),
  ('K24', array['basic-information', 'curriculum', 'practice-places'], '{}', true, base_visits is not null and has_offered and has_students, base_visits, pupils * case when whole_year then 1 else 0.5 end),
  ('K25', array['practice-places'], '{}', true, true, safe_bases, bases),
  ('K26', array['basic-information', 'curriculum', 'practice-places'], '{}', true, equipment is not null and has_offered and has_students, equipment, pupils),
  ('K27', array['basic-information', 'capital-investment', 'curriculum'], '{}', true, spend is not null and has_offered and has_students, spend, pupils),
  ('K28', array['capital-investment'], '{}', true, src_public is not null and public_fund is not null, src_public, public_fund),
  ('K29', array['capital-investment'], '{}', true, spend is not null, (spend = 0)::int, 1),
  ('K30', array['capital-investment'], array['capital-investment'], coalesce(budget, 0) > 0, spend is not null and budget is not null, spend, budget),
  ('K31', array['basic-information', 'curriculum', 'safety'], '{}', true, insured is not null and has_offered and has_students, insured, pupils),
  ('K32', array['safety'], array['safety'], coalesce(found, 0) > 0, fixed is not null and found is not null, fixed, found),
  ('K33', array['basic-information', 'curriculum', 'safety'], '{}', true, has_offered and has_students, incidents, pupils),
  ('K34', array['basic-information', 'curriculum', 'evaluation'], '{}', true, recorded is not null and has_offered and has_students, recorded, pupils),
  ('K35', array['basic-information', 'collaboration', 'curriculum'], '{}', true, participants is not null and has_offered and has_students, participants, pupils),
  ('K36', array['basic-information', 'collaboration'], array['basic-information', 'collaboration'], coalesce(asked, 0) > 0 and asked >= 0.05 * students,
    asked is not null and content is not null and has_students, content, asked),
  ('K39', array['supervision-results'], '{}', true, visits is not null, (visits >= case when whole_year then 4 else 2 end)::int, 1),
  ('K40', array['basic-information', 'capital-investment', 'curriculum'], '{}', true, spend is not null and has_offered and has_students, spend, pupils)
) k(id, modules, needed, applies, complete, numerator, denominator)
cross join lateral (select case
  when a.exempt then 'exempt'
  when not k.modules <@ a.module_keys then 'not-collected'
  when not coalesce(k.applies, false) and k.needed <@ a.submitted then 'does-not-apply'
  when not k.modules <@ a.submitted then 'not-submitted'
  when not k.complete or k.complete is null then 'missing' end as reason) reason;
analyze recount_school_figure;
