-- One schema and one role per service in the current database; no role can look into another's schema.
-- Safe to run again. Roles get their passwords from whoever runs this: none is written here.
set client_min_messages = warning;
do $$
declare
  service text;
begin
  execute format('revoke all on database %I from public', current_database());
  execute 'revoke all on schema public from public';
  foreach service in array array['identity', 'reporting', 'supervision', 'analytics', 'gateway'] loop
    begin
      execute format('create role %I login', service);
    exception when duplicate_object or unique_violation then
      null; -- roles belong to the whole server: another database has made it already
    end;
    execute format('grant connect, temporary on database %I to %I', current_database(), service);
    execute format('create schema if not exists %I authorization %I', service, service);
    execute format('revoke all on schema %I from public', service);
    execute format('alter role %I in database %I set search_path = %I', service, current_database(), service);
  end loop;
end
$$;
