-- The version of a login as its clients see it (ETag, and the id of a server-sent event): it grows with
-- every change of what a status answer shows and with nothing else. The epoch does not serve: it grows with
-- every look for an approval, too, which shows nothing. Counted by a trigger, so that the release before,
-- which knows no version, counts as well.
alter table login_session add column version bigint not null default 1;

-- A change that leaves the status as it is (another challenge) is notified here; of notifications that are
-- the same, a transaction sends one.
create function count_login_version() returns trigger language plpgsql as $$
begin
  new.version := old.version + 1;
  perform pg_notify('login_changed', new.id::text);
  return new;
end
$$;
create trigger count_login_version
  before update of status, challenge, last_code_wrong, codes_used, verification_expires_at, failure,
    updated_at on login_session
  for each row
  when ((old.status, old.challenge, old.last_code_wrong, old.codes_used, old.verification_expires_at,
      old.failure, old.updated_at)
    is distinct from (new.status, new.challenge, new.last_code_wrong, new.codes_used,
      new.verification_expires_at, new.failure, new.updated_at))
  execute function count_login_version();
