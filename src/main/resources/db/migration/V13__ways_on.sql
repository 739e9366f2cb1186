-- Ways on from a challenge: it is sent again, another one is chosen; and the list of an identity's logins.
-- Expand only: the release before knows nothing of these columns and serves on. Constraints are not valid
-- at first because every row holds to them already: none of them needs to be read.

-- An identity's logins, newest first, whatever the depth of the page. Before the table is changed: until
-- then only writes wait for it, and polls are answered.
create index login_session_newest on login_session (tenant_id, identity_id, id)
  where identity_id is not null;

alter table login_session
  -- Where the code went, masked; LinkedIn's other ways; whether its page offers to send again.
  add column sent_to text,
  add column alternatives text[] not null default '{}',
  add column can_resend boolean not null default false,
  -- How often the person asked to send again, and when LinkedIn last sent.
  add column resends integer not null default 0,
  add column code_sent_at timestamptz,
  -- What a worker shall press: 'resend', or the kind of the other challenge. Taken out before it is pressed.
  add column challenge_request text,
  add constraint a_masked_address_is_short check (length(sent_to) between 1 and 100) not valid,
  add constraint alternatives_are_challenges check (alternatives <@ array
    ['authenticator_code', 'sms_code', 'email_code', 'app_approval', 'email_link']) not valid,
  add constraint only_a_challenge_offers_ways check
    (challenge is not null or (sent_to is null and alternatives = '{}' and not can_resend)) not valid,
  add constraint three_resends check (resends between 0 and 3) not valid,
  add constraint what_can_be_pressed check (challenge_request in
    ('resend', 'authenticator_code', 'sms_code', 'email_code', 'app_approval', 'email_link')) not valid,
  add constraint a_request_waits_only_for_a_worker check
    (challenge_request is null or status = 'running') not valid;

-- The release before leaves these columns as they are when it takes a login on; they must not outlive the
-- challenge that they belong to.
create function forget_ways_of_a_challenge() returns trigger language plpgsql as $$
begin
  if new.challenge is null then
    new.sent_to := null;
    new.alternatives := '{}';
    new.can_resend := false;
  end if;
  if new.status <> 'running' then
    new.challenge_request := null;
  end if;
  return new;
end
$$;
create trigger forget_ways_of_a_challenge before update of status on login_session
  for each row execute function forget_ways_of_a_challenge();

-- What a status answer shows counts as a version; the release before shows less of it.
drop trigger count_login_version on login_session;
create trigger count_login_version
  before update of status, challenge, last_code_wrong, codes_used, verification_expires_at, failure,
    updated_at, sent_to, alternatives, can_resend, resends, code_sent_at on login_session
  for each row
  when ((old.status, old.challenge, old.last_code_wrong, old.codes_used, old.verification_expires_at,
      old.failure, old.updated_at, old.sent_to, old.alternatives, old.can_resend, old.resends,
      old.code_sent_at)
    is distinct from (new.status, new.challenge, new.last_code_wrong, new.codes_used,
      new.verification_expires_at, new.failure, new.updated_at, new.sent_to, new.alternatives,
      new.can_resend, new.resends, new.code_sent_at))
  execute function count_login_version();

-- The actions of the constraint as it is, and some more: rows that are there hold to the narrower one.
alter table audit_event
  drop constraint logins_have_a_session,
  add constraint logins_have_a_session check
    ((action in ('login_started', 'code_given', 'login_ended', 'resend_requested', 'challenge_chosen',
        'login_cancelled')) = (session_id is not null)) not valid;
do $$
declare
  was text;
begin
  select pg_get_constraintdef(oid) into strict was from pg_constraint
  where conrelid = 'audit_event'::regclass and conname = 'audit_event_action_check';
  alter table audit_event drop constraint audit_event_action_check;
  execute 'alter table audit_event add constraint audit_event_action_check '
    || replace(
      regexp_replace(was, 'ARRAY\[', 'ARRAY[''resend_requested''::text, ''challenge_chosen''::text, '
        '''login_cancelled''::text, '),
      ' NOT VALID', '')
    || ' not valid';
end
$$;
