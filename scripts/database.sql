-- One schema and two roles per service in the current database; no role can look into another's schema.
-- <service>_owner owns schema and tables and runs migrations; <service> answers requests and can neither change a table nor
-- step round its row-level security. What <service> may do with each table is granted by the verb migrate.
-- Safe to run again, also over a database of a release in which <service> owned its tables itself.
-- Roles get their passwords from whoever runs this: none is written here.
set client_min_messages = warning;
do $$
declare
  service text;
  owning text;
  made text;
begin
  execute format('revoke all on database %I from public', current_database());
  execute 'revoke all on schema public from public';
  foreach service in array array['identity', 'reporting', 'supervision', 'analytics', 'gateway'] loop
    owning := service || '_owner';
    foreach made in array array[service, owning] loop
      begin
        execute format('create role %I login', made);
      exception when duplicate_object or unique_violation then
        null; -- roles belong to the whole server: another database has made it already
      end;
      execute format('grant connect on database %I to %I', current_database(), made);
      execute format('alter role %I in database %I set search_path = %I', made, current_database(), service);
    end loop;
    execute format('revoke temporary on database %I from %I', current_database(), service);
    execute format('create schema if not exists %I authorization %I', service, owning);
    execute format('alter schema %I owner to %I', service, owning);
    if exists (select from pg_shdepend where deptype = 'o' and refclassid = 'pg_authid'::regclass and refobjid = service::regrole
        and dbid = (select oid from pg_database where datname = current_database())) then
      execute format('reassign owned by %I to %I', service, owning);
    end if;
    execute format('revoke all on schema %I from public, %I', service, service);
    execute format('grant usage on schema %I to %I', service, service);
  end loop;
end
$$;
