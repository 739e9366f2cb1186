-- A login may bring a session that the account's holder made in another browser, instead of username and
-- password. Expand only: no release before accepts such a login. One that goes on with it all the same, after
-- a roll-back, does not take the secret out: it goes when the login ends.
alter table login_session
  add column session_cookie_sealed text,
  add constraint a_session_cookie_is_sealed
    check (session_cookie_sealed like 'ey%.%.%.%.%') not valid,
  add constraint one_kind_of_credentials
    check (session_cookie_sealed is null or username_sealed is null) not valid,
  add constraint a_session_cookie_is_sent_once check
    (session_cookie_sealed is null or (status in ('queued', 'running') and credentials_sent_at is null))
    not valid;

create function forget_session_cookie() returns trigger language plpgsql as $$
begin
  if new.status not in ('queued', 'running') then
    new.session_cookie_sealed := null;
  end if;
  return new;
end
$$;
create trigger forget_session_cookie before update of status on login_session
  for each row when (new.session_cookie_sealed is not null)
  execute function forget_session_cookie();
