-- A revision is a signed document: the database itself refuses to change or delete one. Idempotent.
create or replace function reporting.refuse_change_of_revision() returns trigger language plpgsql as $$
begin
  raise exception 'revision % of module report % is immutable', old.number, old.module_report_id using errcode = 'restrict_violation';
end $$;

drop trigger if exists revisions_immutable on reporting.revisions;
create trigger revisions_immutable before update or delete on reporting.revisions for each row execute function reporting.refuse_change_of_revision();
