-- Identities, their LinkedIn profiles and the logins that connect them.
--
-- Tenancy is in the keys: every primary and foreign key starts with tenant_id. Columns named
-- *_sealed hold JWE (RFC 7516) and nothing else. The CHECKs say in SQL what the sealed types of
-- login/session say in Java, for anyone with psql.

create table identity (
  tenant_id  text        not null check (length(tenant_id) between 1 and 255),
  id         uuid        not null,
  first_name text        not null check (length(first_name) between 1 and 100),
  last_name  text        not null check (length(last_name) between 1 and 100),
  role       text        not null check (length(role) between 1 and 200),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id)
);

create table linkedin_profile (
  tenant_id      text        not null,
  identity_id    uuid        not null,
  profile_id     uuid        not null,
  country        text        not null check (country ~ '^[A-Z]{2}$'),
  connected      boolean     not null default false,
  connected_at   timestamptz,
  -- When LinkedIn last said whether it honours the stored session; null when that is unknown again.
  checked_at     timestamptz,
  session_sealed text        check (session_sealed like 'ey%.%.%.%.%'),
  -- Which member it is: outlives an expired session, or the next login could end in another account.
  member_sealed  text        check (member_sealed like 'ey%.%.%.%.%'),
  primary key (tenant_id, identity_id),
  unique (tenant_id, profile_id),
  foreign key (tenant_id, identity_id) references identity (tenant_id, id) on delete cascade,
  constraint a_stored_session_has_its_time check ((session_sealed is null) = (connected_at is null)),
  constraint connected_means_a_stored_session check (not connected or session_sealed is not null),
  constraint a_stored_session_has_its_member check (session_sealed is null or member_sealed is not null),
  constraint only_a_stored_session_is_checked check (checked_at is null or session_sealed is not null)
);

create table login_session (
  tenant_id               text        not null,
  id                      uuid        not null,
  identity_id             uuid        not null,
  profile_id              uuid        not null,
  country                 text        not null check (country ~ '^[A-Z]{2}$'),
  verification_wait_s     integer     not null check (verification_wait_s between 1 and 3600),
  status                  text        not null check (status in
    ('queued', 'running', 'awaiting_2fa', 'awaiting_email', 'completed', 'failed')),
  challenge               text        check (challenge in
    ('authenticator_code', 'sms_code', 'email_code', 'app_approval', 'email_link')),
  last_code_wrong         boolean     not null default false,
  codes_used              integer     not null default 0 check (codes_used between 0 and 5),
  verification_expires_at timestamptz,
  failure                 text        check (failure in
    ('credentials_rejected', 'session_expired', 'verification_timeout', 'account_locked',
     'too_many_codes', 'wrong_account', 'captcha_required', 'unknown_challenge', 'superseded',
     'cancelled', 'interrupted', 'linkedin_unavailable')),

  username_sealed         text        check (username_sealed like 'ey%.%.%.%.%'),
  password_sealed         text        check (password_sealed like 'ey%.%.%.%.%'),
  code_sealed             text        check (code_sealed like 'ey%.%.%.%.%'),
  browser_sealed          text        check (browser_sealed like 'ey%.%.%.%.%'),
  -- The intent to send the credentials; set by the statement that takes them out.
  credentials_sent_at     timestamptz,

  -- When a worker may take it; null while nobody may.
  due_at                  timestamptz,
  -- When the present state ends by itself.
  deadline_at             timestamptz,
  worker                  text,
  lease_until             timestamptz,
  -- Grows with every claim and every change of state; a write under an old epoch finds no row.
  epoch                   bigint      not null default 0,
  -- W3C trace context of the request, so that one trace follows the login across the queue.
  traceparent             text,

  created_at              timestamptz not null,
  updated_at              timestamptz not null,
  finished_at             timestamptz,

  primary key (tenant_id, id),
  foreign key (tenant_id, identity_id)
    references linkedin_profile (tenant_id, identity_id) on delete cascade,

  constraint finished_is_terminal check
    ((status in ('completed', 'failed')) = (finished_at is not null)),
  constraint failed_says_why check
    ((status = 'failed') = (failure is not null)),
  constraint awaiting_has_a_challenge check
    ((status in ('awaiting_2fa', 'awaiting_email')) = (challenge is not null)),
  constraint an_email_link_awaits_an_email check
    ((status = 'awaiting_email') = (challenge is not null and challenge = 'email_link')),
  constraint a_challenge_has_a_clock check
    ((challenge is null and codes_used = 0) or verification_expires_at is not null),
  constraint only_a_code_can_be_wrong check
    (not last_code_wrong or (challenge is not null and challenge not in ('app_approval', 'email_link'))),
  constraint only_the_unfinished_has_a_deadline check
    ((finished_at is null) = (deadline_at is not null)),
  constraint a_worker_has_a_lease check
    ((worker is null) = (lease_until is null)),
  constraint what_a_worker_holds_is_not_due check
    (worker is null or due_at is null),
  constraint queued_is_due check
    (status <> 'queued' or (due_at is not null)),
  constraint running_is_held_or_due check
    (status <> 'running' or ((due_at is not null) <> (worker is not null))),
  constraint a_code_is_awaited_by_nobody check
    (challenge is null or challenge in ('app_approval', 'email_link')
      or (due_at is null and worker is null)),
  constraint a_confirmation_is_looked_at check
    (challenge is null or challenge not in ('app_approval', 'email_link')
      or ((due_at is not null) <> (worker is not null))),
  constraint username_and_password_go_together check
    ((username_sealed is null) = (password_sealed is null)),
  constraint credentials_wait_only_before_they_are_sent check
    (password_sealed is null or (status in ('queued', 'running') and credentials_sent_at is null)),
  constraint a_code_waits_only_for_a_worker check
    (code_sealed is null or (status in ('queued', 'running') and codes_used > 0)),
  constraint the_finished_holds_nothing check
    (finished_at is null or (browser_sealed is null and due_at is null and worker is null))
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 200,
        autovacuum_analyze_scale_factor = 0.02);

-- One login at a time per identity, whatever the program thinks.
create unique index login_session_one_at_a_time
  on login_session (tenant_id, identity_id) where finished_at is null;
create index login_session_due on login_session (due_at) where due_at is not null;
create index login_session_deadline on login_session (deadline_at) where deadline_at is not null;
create index login_session_lease on login_session (lease_until) where lease_until is not null;
create index login_session_of_identity on login_session (tenant_id, identity_id, created_at);
create index login_session_finished on login_session (finished_at) where finished_at is not null;

-- Browsers whose login has ended: somebody must still close them. No foreign key: the note outlives
-- its identity. handle_sealed was sealed as login_session.browser_sealed of session_id.
create table abandoned_browser (
  id            uuid        primary key default gen_random_uuid(),
  tenant_id     text        not null,
  identity_id   uuid        not null,
  session_id    uuid        not null,
  handle_sealed text        not null check (handle_sealed like 'ey%.%.%.%.%'),
  created_at    timestamptz not null,
  due_at        timestamptz not null,
  attempts      integer     not null default 0
);
create index abandoned_browser_due on abandoned_browser (due_at);
create index abandoned_browser_of_identity on abandoned_browser (tenant_id, identity_id);

-- What a retried request is answered with (Idempotency-Key). The fingerprint is an HMAC.
create table idempotency_key (
  tenant_id   text        not null,
  subject     text        not null,
  call        text        not null,
  key         text        not null check (length(key) between 1 and 255),
  fingerprint text        not null,
  -- All null only inside the transaction that makes the answer.
  status      integer,
  location    text,
  body        text,
  -- Whether the answer was held by Prefer: wait; the first held one replaces the immediate one.
  held        boolean     not null default false,
  created_at  timestamptz not null,
  primary key (tenant_id, subject, call, key)
);
create index idempotency_key_age on idempotency_key (created_at);

-- Wake-ups. The poll finds what a lost notification missed.
create function notify_login() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    perform pg_notify('login_changed', old.id::text);
    return null;
  end if;
  if new.due_at is not null and new.due_at <= new.updated_at then
    perform pg_notify('login_due', '');
  end if;
  if tg_op = 'UPDATE' and new.status is distinct from old.status then
    perform pg_notify('login_changed', new.id::text);
  end if;
  return null;
end
$$;
create trigger notify_login after insert or delete or update of status, due_at on login_session
  for each row execute function notify_login();

create function notify_abandoned_browser() returns trigger language plpgsql as $$
begin
  perform pg_notify('login_due', '');
  return null;
end
$$;
create trigger notify_abandoned_browser after insert on abandoned_browser
  for each statement execute function notify_abandoned_browser();
