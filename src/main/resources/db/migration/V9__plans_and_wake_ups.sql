-- Plans that are right whatever the statistics say. On a table that was never analysed, an index that
-- begins with tenant_id costs as much by its first column alone as the primary key by both, and of equals
-- PostgreSQL takes the newest: a login was found by reading all of its tenant's. A partial index
-- is no candidate for a statement that does not name its column, so each of these says that it is about
-- that column. Expand only: the release before knows nothing of indexes and serves on.

drop index login_session_of_identity;
create index login_session_of_identity on login_session (tenant_id, identity_id, created_at)
  where identity_id is not null;

alter table linkedin_profile drop constraint linkedin_profile_tenant_id_profile_id_key;
create unique index linkedin_profile_of_profile on linkedin_profile (profile_id, tenant_id)
  where profile_id is not null;

drop index audit_event_of_identity;
create index audit_event_of_identity on audit_event (tenant_id, identity_id, id)
  where identity_id is not null;

drop index webhook_delivery_of_message;
create index webhook_delivery_of_message on webhook_delivery (message_id, tenant_id)
  where message_id is not null;

-- What counts against a pause, found without the many logins that went well.
create index login_session_failed on login_session (finished_at)
  where failure in ('credentials_rejected', 'unknown_challenge', 'linkedin_unavailable');

-- A note wakes who closes browsers, and nobody who claims logins; no note wakes nobody. The release before
-- looks at no payload.
create or replace function notify_abandoned_browser() returns trigger language plpgsql as $$
begin
  if exists (select 1 from noted) then
    perform pg_notify('login_due', 'browser');
  end if;
  return null;
end
$$;
drop trigger notify_abandoned_browser on abandoned_browser;
create trigger notify_abandoned_browser after insert on abandoned_browser
  referencing new table as noted for each statement execute function notify_abandoned_browser();
