-- Rights of the serving role and of the pruning role, after every migration. Skipped where
-- identities.database.service-role or identities.database.pruning-role is not set: without the
-- first, the service runs as the owner.
do $$
declare
  service_role text := '${service_role}';
  pruning_role text := '${pruning_role}';
begin
  if service_role <> '' then
    execute format('grant usage on schema %I to %I', current_schema(), service_role);
    execute format('grant select, insert, update, delete on identity, linkedin_profile,'
      ' login_session, abandoned_browser, idempotency_key to %I', service_role);
    execute format('grant select, insert, update, delete on webhook_endpoint, webhook_message,'
      ' webhook_delivery to %I', service_role);
    execute format('grant select, update on login_pause, session_look_pace to %I', service_role);
    execute format('grant select, insert, update, delete on connect_settings, connect_link,'
      ' connect_consent to %I', service_role);
    execute format('grant select on flyway_schema_history to %I', service_role);
    -- Append-only, also where an earlier grant said more.
    execute format('revoke all on audit_event from %I', service_role);
    execute format('grant select, insert on audit_event to %I', service_role);
  end if;
  if pruning_role <> '' then
    execute format('grant usage on schema %I to %I', current_schema(), pruning_role);
    execute format('grant select (at), delete on audit_event to %I', pruning_role);
    execute format('grant execute on function prune_audit_trail(interval) to %I', pruning_role);
  end if;
end
$$;
