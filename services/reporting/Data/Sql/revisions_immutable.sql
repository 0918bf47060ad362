-- A revision is a signed document: the database itself refuses to change or delete one. The one change it takes is the erasure of
-- cells, once: each changed cell must become {"erased": true, "digest": "..."}, so that the content hash can still be computed.
-- Idempotent.
create or replace function reporting.differs_by_erasure(before jsonb, after jsonb) returns boolean language plpgsql immutable as $$
declare
  member text;
begin
  if before = after then
    return true;
  end if;
  if jsonb_typeof(after) = 'object' and after -> 'erased' = 'true'::jsonb and (after - 'erased' - 'digest') = '{}'::jsonb and after ? 'digest' then
    return true;
  end if;
  if jsonb_typeof(before) = 'object' and jsonb_typeof(after) = 'object' then
    if (select count(*) from jsonb_object_keys(before)) <> (select count(*) from jsonb_object_keys(after)) then
      return false;
    end if;
    for member in select jsonb_object_keys(before) loop
      if not (after ? member) or not reporting.differs_by_erasure(before -> member, after -> member) then
        return false;
      end if;
    end loop;
    return true;
  end if;
  if jsonb_typeof(before) = 'array' and jsonb_typeof(after) = 'array' and jsonb_array_length(before) = jsonb_array_length(after) then
    for i in 0 .. jsonb_array_length(before) - 1 loop
      if not reporting.differs_by_erasure(before -> i, after -> i) then
        return false;
      end if;
    end loop;
    return true;
  end if;
  return false;
end $$;

create or replace function reporting.refuse_change_of_revision() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if old.erased_at is null and new.erased_at is not null and new.salt is null and not (new.values ? 'erased')
        and (to_jsonb(old) - 'values' - 'salt' - 'erased_at') = (to_jsonb(new) - 'values' - 'salt' - 'erased_at')
        and reporting.differs_by_erasure(old.values, new.values) then
      return new;
    end if;
  end if;
  raise exception 'revision % of module report % is immutable', old.number, old.module_report_id using errcode = 'restrict_violation';
end $$;

drop trigger if exists revisions_immutable on reporting.revisions;
create trigger revisions_immutable before update or delete on reporting.revisions for each row execute function reporting.refuse_change_of_revision();

-- Runs with the rights of the owner of the schema: the service itself need not be allowed to update revisions.
create or replace function reporting.erase_revision(module_report uuid, revision int, erased jsonb, moment timestamptz) returns void
language plpgsql security definer set search_path = reporting, pg_temp as $$
begin
  update reporting.revisions set values = erased, salt = null, erased_at = moment where module_report_id = module_report and number = revision and erased_at is null;
end $$;
