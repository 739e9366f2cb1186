-- Who did what, when, from where, and what came of it. No foreign key: an event outlives its
-- identity. Append-only: the serving role may insert and select (afterMigrate.sql), nothing else.

create table audit_event (
  tenant_id      text        not null check (length(tenant_id) between 1 and 255),
  id             uuid        not null,
  at             timestamptz not null,
  -- The token's sub; null: the service itself.
  actor          text        check (length(actor) between 1 and 255),
  action         text        not null check (action in
    ('identity_created', 'identity_updated', 'identity_deleted', 'login_started', 'code_given',
     'login_ended', 'disconnected')),
  identity_id    uuid        not null,
  session_id     uuid,
  client_address text        check (length(client_address) between 1 and 100),
  -- success, or the error_code of the login that failed.
  outcome        text        not null check (length(outcome) between 1 and 100),
  primary key (tenant_id, id),
  constraint logins_have_a_session check
    ((action in ('login_started', 'code_given', 'login_ended')) = (session_id is not null))
);
create index audit_event_of_identity on audit_event (tenant_id, identity_id, id);
create index audit_event_age on audit_event (at);

-- Deletes the events of every tenant that are older than that; how many. It runs with the rights of
-- its caller: the pruning role (identities.database.pruning-role) or the owner.
create function prune_audit_trail(older_than interval) returns bigint
  language plpgsql set search_path from current as $$
declare
  pruned bigint;
begin
  if older_than <= interval '0' then
    raise exception 'the age must be positive';
  end if;
  delete from audit_event where at < now() - older_than;
  get diagnostics pruned = row_count;
  return pruned;
end
$$;

-- Erases a tenant: its identities with their profiles, sessions and secrets, its answers and its
-- audit trail. What stays for the minutes until the sweeper was there are notes of its open
-- browsers. It runs with the rights of its caller, who is the owner.
create function erase_tenant(tenant text) returns void
  language plpgsql set search_path from current as $$
begin
  perform 1 from identity where tenant_id = tenant for update;
  perform 1 from linkedin_profile where tenant_id = tenant for update;
  insert into abandoned_browser
    (tenant_id, identity_id, session_id, handle_sealed, created_at, due_at)
  select tenant_id, identity_id, id, browser_sealed, now(), now() from login_session
  where tenant_id = tenant and browser_sealed is not null;
  delete from identity where tenant_id = tenant;
  delete from idempotency_key where tenant_id = tenant;
  delete from audit_event where tenant_id = tenant;
end
$$;
revoke execute on function erase_tenant(text) from public;
revoke execute on function prune_audit_trail(interval) from public;
