-- Rights of the serving role, after every migration. Skipped where identities.database.service-role
-- is not set: the service then runs as the owner.
do $$
declare
  service_role text := '${service_role}';
begin
  if service_role <> '' then
    execute format('grant usage on schema %I to %I', current_schema(), service_role);
    execute format('grant select, insert, update, delete on identity, linkedin_profile,'
      ' login_session, abandoned_browser, idempotency_key to %I', service_role);
    execute format('grant select on flyway_schema_history to %I', service_role);
  end if;
end
$$;
