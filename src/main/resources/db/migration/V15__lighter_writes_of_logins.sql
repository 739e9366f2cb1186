-- What each login writes costs less; what is written is the same. Expand only: the release before notices
-- nothing.

-- Called only where there is something to forget.
drop trigger forget_ways_of_a_challenge on login_session;
create trigger forget_ways_of_a_challenge before update of status on login_session
  for each row
  when ((new.challenge is null
      and (new.sent_to is not null or new.alternatives <> '{}' or new.can_resend))
    or (new.status <> 'running' and new.challenge_request is not null))
  execute function forget_ways_of_a_challenge();

-- The same of the same, so that no index has to be built again. A function of PL/pgSQL keeps its plan from
-- call to call, one of SQL in an index makes it each time, and the two indexes of a profile call it for every
-- session that is stored.
create or replace function sealed_kid(sealed text) returns text
  language plpgsql immutable strict parallel safe as $$
declare
  h text := split_part(sealed, '.', 1);
begin
  return convert_from(
    decode(rpad(translate(h, '-_', '+/'), (length(h) + 3) / 4 * 4, '='), 'base64'), 'UTF8'
  )::json ->> 'kid';
end
$$;
