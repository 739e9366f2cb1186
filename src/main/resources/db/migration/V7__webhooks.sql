-- Webhooks: the endpoints of a tenant, the outbox of messages, and what became of each message at
-- each endpoint. Expand only: the release before knows nothing of these tables and serves on.

create table webhook_endpoint (
  tenant_id           text        not null check (length(tenant_id) between 1 and 255),
  id                  uuid        not null,
  url                 text        not null check (length(url) between 1 and 2048),
  -- Null: all events, also those that come later.
  events              text[]      check (cardinality(events) > 0),
  description         text        check (length(description) between 1 and 500),
  enabled             boolean     not null default true,
  disabled_reason     text        check (disabled_reason in
    ('gone', 'failing', 'switched_off', 'deleted')),
  secret_sealed       text        not null check (secret_sealed like 'ey%.%.%.%.%'),
  -- During a rotation, the secret before; sealed for the place of secret_sealed, where it was made.
  older_secret_sealed text        check (older_secret_sealed like 'ey%.%.%.%.%'),
  older_secret_until  timestamptz,
  -- Since when there is nothing but failures; null while it works, or was never tried.
  failing_since       timestamptz,
  -- Nobody sees it any more; the row waits until what is on its way has arrived.
  deleted_at          timestamptz,
  created_at          timestamptz not null,
  updated_at          timestamptz not null,
  primary key (tenant_id, id),
  constraint what_is_disabled_says_why check (enabled = (disabled_reason is null)),
  constraint deleted_is_a_reason check
    ((deleted_at is not null) = (disabled_reason is not distinct from 'deleted')),
  constraint an_older_secret_has_an_end check
    ((older_secret_sealed is null) = (older_secret_until is null))
);
create index webhook_endpoint_secret_kid on webhook_endpoint (sealed_kid(secret_sealed))
  where secret_sealed is not null;
create index webhook_endpoint_older_secret_kid on webhook_endpoint (sealed_kid(older_secret_sealed))
  where older_secret_sealed is not null;
create index webhook_endpoint_older_secret_end on webhook_endpoint (older_secret_until)
  where older_secret_until is not null;
create index webhook_endpoint_deleted on webhook_endpoint (deleted_at) where deleted_at is not null;

create table webhook_message (
  tenant_id  text        not null,
  id         uuid        not null,
  type       text        not null check (type in
    ('linkedin.login.awaiting', 'linkedin.login.completed', 'linkedin.login.failed',
     'linkedin.session.expired', 'linkedin.session.disconnected', 'connect_link.opened',
     'connect_link.completed', 'connect_link.expired', 'webhook.test',
     'webhook.endpoint.disabled')),
  -- As it is signed and sent, byte for byte.
  body       text        not null check (octet_length(body) between 2 and 20480),
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
create index webhook_message_age on webhook_message (created_at);

create table webhook_delivery (
  tenant_id   text        not null,
  endpoint_id uuid        not null,
  message_id  uuid        not null,
  status      text        not null check (status in ('pending', 'delivered', 'failed')),
  -- When it may be sent; null while nobody may.
  due_at      timestamptz,
  worker      text,
  -- By the database's clock.
  lease_until timestamptz,
  -- Grows with every claim; a write under an old epoch finds no row.
  epoch       bigint      not null default 0,
  -- Attempts since it was last begun: where in the schedule it stands.
  tries       integer     not null default 0 check (tries >= 0),
  -- The last attempts: [{at, response_status, duration_ms, error}], oldest first.
  attempts    jsonb       not null default '[]' check (jsonb_typeof(attempts) = 'array'),
  created_at  timestamptz not null,
  finished_at timestamptz,
  primary key (tenant_id, endpoint_id, message_id),
  foreign key (tenant_id, endpoint_id)
    references webhook_endpoint (tenant_id, id) on delete cascade,
  foreign key (tenant_id, message_id)
    references webhook_message (tenant_id, id) on delete cascade,
  constraint finished_is_not_pending check ((status = 'pending') = (finished_at is null)),
  constraint a_worker_has_a_lease check ((worker is null) = (lease_until is null)),
  constraint pending_is_due_or_held check
    (case when status = 'pending' then (due_at is null) <> (worker is null)
          else due_at is null and worker is null end)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 200,
        autovacuum_analyze_scale_factor = 0.02);
create index webhook_delivery_due on webhook_delivery (tenant_id, endpoint_id, due_at)
  where due_at is not null;
create index webhook_delivery_lease on webhook_delivery (lease_until) where lease_until is not null;
create index webhook_delivery_of_message on webhook_delivery (tenant_id, message_id);
-- What a repair sends again, or a switch-off lets go, without a look at what has arrived.
create index webhook_delivery_not_delivered
  on webhook_delivery (tenant_id, endpoint_id, created_at) where status <> 'delivered';

-- The trail tells of endpoints too. identity_id stays not null, since the release before reads it so:
-- an event of an endpoint has the nil UUID there.
alter table audit_event add column endpoint_id uuid;
alter table audit_event add constraint an_event_is_of_an_identity_or_an_endpoint check
  ((identity_id = '00000000-0000-0000-0000-000000000000') = (endpoint_id is not null)) not valid;
-- The actions of the constraint as it is, and some more: rows that are there hold to the narrower one.
do $$
declare
  was text;
begin
  select pg_get_constraintdef(oid) into strict was from pg_constraint
  where conrelid = 'audit_event'::regclass and conname = 'audit_event_action_check';
  alter table audit_event drop constraint audit_event_action_check;
  execute 'alter table audit_event add constraint audit_event_action_check '
    || replace(
      regexp_replace(was, 'ARRAY\[', 'ARRAY[''endpoint_created''::text, ''endpoint_updated''::text, '
        '''endpoint_rotated''::text, ''endpoint_disabled''::text, ''endpoint_deleted''::text, '),
      ' NOT VALID', '')
    || ' not valid';
end
$$;

-- Erasing a tenant erases these too, whatever else it erases: what is on its way at this moment is
-- waited for by nobody, and settles on no row.
alter function erase_tenant(text) rename to erase_tenant_without_webhooks;
create function erase_tenant(tenant text) returns void
  language plpgsql set search_path from current as $$
begin
  perform erase_tenant_without_webhooks(tenant);
  -- By now no login of the tenant can publish: its rows are gone or locked.
  delete from webhook_endpoint where tenant_id = tenant;
  delete from webhook_message where tenant_id = tenant;
  delete from audit_event where tenant_id = tenant;
end
$$;
revoke execute on function erase_tenant(text) from public;
