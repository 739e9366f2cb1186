-- Connect links: an account's holder opens a page of this service and signs in there. Expand only: the
-- release before knows nothing of these tables and serves on.

-- How a tenant appears on the page, and where it may send people back to.
create table connect_settings (
  tenant_id     text        primary key check (length(tenant_id) between 1 and 255),
  display_name  text        not null check (length(display_name) between 1 and 100),
  redirect_urls text[]      not null default '{}' check (cardinality(redirect_urls) <= 20),
  logo_url      text        check (length(logo_url) between 1 and 2048),
  accent_color  text        check (accent_color ~ '^#[0-9a-f]{6}$'),
  privacy_url   text        check (length(privacy_url) between 1 and 2048),
  updated_at    timestamptz not null
);

create table connect_link (
  tenant_id    text        not null,
  id           uuid        not null,
  identity_id  uuid        not null,
  -- HMAC-SHA-256 in base64url under a key derived from a sealing key: the token itself is kept nowhere.
  token_mac    text        not null unique check (token_mac ~ '^[A-Za-z0-9_-]{43}$'),
  -- The same of the cookie of the browser in which the holder consented.
  browser_mac  text        unique check (browser_mac ~ '^[A-Za-z0-9_-]{43}$'),
  status       text        not null check (status in
    ('pending', 'opened', 'submitted', 'completed', 'failed', 'expired', 'revoked')),
  submissions  integer     not null default 0 check (submissions between 0 and 3),
  -- The login of the last submission. No foreign key: logins are kept for a shorter time.
  session_id   uuid,
  -- Why it failed, or what led back to the form.
  failure      text        check (failure in
    ('credentials_rejected', 'session_expired', 'verification_timeout', 'account_locked',
     'too_many_codes', 'wrong_account', 'captcha_required', 'unknown_challenge', 'superseded',
     'cancelled', 'interrupted', 'linkedin_unavailable')),
  redirect_url text        check (length(redirect_url) between 1 and 2048),
  state        text        check (length(state) between 1 and 512),
  country      text        check (country ~ '^[A-Z]{2}$'),
  locale       text        check (locale in ('en', 'de', 'fr', 'es')),
  -- Grows with every change; a write under an old one finds no row.
  version      bigint      not null default 1,
  created_at   timestamptz not null,
  expires_at   timestamptz not null,
  opened_at    timestamptz,
  updated_at   timestamptz not null,
  finished_at  timestamptz,
  primary key (tenant_id, id),
  -- A link never outlives its identity.
  foreign key (tenant_id, identity_id) references identity (tenant_id, id) on delete cascade,
  constraint finished_is_terminal check
    ((status in ('completed', 'failed', 'expired', 'revoked')) = (finished_at is not null)),
  constraint opened_is_bound_to_a_browser check
    ((opened_at is null) = (browser_mac is null)),
  constraint pending_is_not_opened check
    (case status when 'pending' then opened_at is null
       when 'expired' then true when 'revoked' then true
       else opened_at is not null end),
  constraint a_submission_has_a_login check
    ((submissions = 0) = (session_id is null)),
  constraint only_the_opened_is_submitted check
    (submissions = 0 or opened_at is not null),
  constraint submitted_and_what_follows_have_a_login check
    (status not in ('submitted', 'completed', 'failed') or submissions > 0),
  constraint the_third_refusal_is_the_last check
    (status <> 'opened' or submissions < 3),
  constraint failed_and_asked_again_say_why check
    ((failure is not null) = (status = 'failed' or (status = 'opened' and submissions > 0))),
  constraint only_a_refused_password_leads_back check
    (status <> 'opened' or failure is null or failure = 'credentials_rejected'),
  constraint a_refused_password_fails_the_third_time check
    (status <> 'failed' or failure <> 'credentials_rejected' or submissions = 3),
  constraint it_ends_after_it_began check (expires_at > created_at)
);
create index connect_link_of_identity on connect_link (tenant_id, identity_id, id);
create index connect_link_end on connect_link (expires_at) where finished_at is null;
create index connect_link_of_login on connect_link (tenant_id, session_id) where status = 'submitted';
create index connect_link_finished on connect_link (finished_at) where finished_at is not null;

-- What a holder consented to. It outlives its link, but not its identity.
create table connect_consent (
  tenant_id      text        not null,
  link_id        uuid        not null,
  identity_id    uuid        not null,
  text_sha256    text        not null check (text_sha256 ~ '^[0-9a-f]{64}$'),
  text_version   text        not null check (length(text_version) between 1 and 50),
  consented_at   timestamptz not null,
  user_agent     text        check (length(user_agent) between 1 and 500),
  client_address text        check (length(client_address) between 1 and 100),
  primary key (tenant_id, link_id),
  foreign key (tenant_id, identity_id) references identity (tenant_id, id) on delete cascade
);
create index connect_consent_of_identity on connect_consent (tenant_id, identity_id, consented_at);

-- Whoever watches a link's page is told on the channel of the logins: ids of both are UUIDs.
create function notify_connect_link() returns trigger language plpgsql as $$
begin
  perform pg_notify('login_changed', old.id::text);
  return null;
end
$$;
create trigger notify_connect_link after update of version or delete on connect_link
  for each row execute function notify_connect_link();

-- An answer that holds a link's URL is sealed; for the row of that id. Null: it is kept as it is.
alter table idempotency_key
  add column sealed_for uuid,
  add constraint what_is_sealed_is_a_jwe check
    (sealed_for is null or body is null or body like 'ey%.%.%.%.%') not valid;
create index idempotency_key_sealed on idempotency_key (tenant_id, sealed_for)
  where sealed_for is not null;
create index idempotency_key_body_kid on idempotency_key (sealed_kid(body))
  where body is not null and sealed_for is not null;

-- The trail tells of links, too. A holder's own steps have the link's id for an actor.
alter table audit_event
  add column link_id uuid,
  add column text_sha256 text check (text_sha256 ~ '^[0-9a-f]{64}$'),
  add column text_version text check (length(text_version) between 1 and 50),
  add constraint a_consent_names_its_text check
    ((action = 'link_consented') = (text_sha256 is not null and text_version is not null)
      and (text_sha256 is null) = (text_version is null)) not valid,
  add constraint an_event_of_a_link_names_it check
    (action not like 'link\_%' or link_id is not null) not valid,
  drop constraint an_event_is_of_an_identity_or_an_endpoint,
  add constraint an_event_is_of_an_identity_or_an_endpoint check
    ((identity_id = '00000000-0000-0000-0000-000000000000')
      = (endpoint_id is not null or action = 'connect_settings_updated')) not valid;
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
      regexp_replace(was, 'ARRAY\[', 'ARRAY[''link_created''::text, ''link_opened''::text, '
        '''link_consented''::text, ''link_submitted''::text, ''link_completed''::text, '
        '''link_failed''::text, ''link_expired''::text, ''link_revoked''::text, '
        '''connect_settings_updated''::text, '),
      ' NOT VALID', '')
    || ' not valid';
end
$$;

-- Erasing a tenant erases these too, whatever else it erases: its links and consents go with its
-- identities.
alter function erase_tenant(text) rename to erase_tenant_without_connect_settings;
create function erase_tenant(tenant text) returns void
  language plpgsql set search_path from current as $$
begin
  perform erase_tenant_without_connect_settings(tenant);
  delete from connect_settings where tenant_id = tenant;
  delete from audit_event where tenant_id = tenant;
end
$$;
revoke execute on function erase_tenant(text) from public;
