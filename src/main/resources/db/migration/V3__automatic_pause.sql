-- The pause of logins: one row for the whole service, which every replica reads when it claims.

create table login_pause (
  only_row     boolean     primary key default true check (only_row),
  -- Null while logins are not paused; infinity: until somebody lifts it. In the past: it is over.
  paused_until timestamptz,
  paused_at    timestamptz,
  -- Who paused: the service itself, or a person.
  paused_by    text        check (paused_by in ('rate', 'hand')),
  -- Logins that ended before do not count: a pause that is over must not trip itself again.
  counted_from timestamptz not null default '-infinity',
  constraint a_pause_says_since_when_and_by_whom check
    ((paused_until is null) = (paused_at is null) and (paused_until is null) = (paused_by is null))
);
insert into login_pause default values;

-- For operators: pauses at once, until resume_logins() or for so long. What has begun goes on.
create function pause_logins(how_long interval default null) returns timestamptz
  language plpgsql set search_path from current as $$
declare
  until_then timestamptz := coalesce(now() + how_long, 'infinity');
begin
  if how_long <= interval '0' then
    raise exception 'the time must be positive';
  end if;
  update login_pause set paused_until = until_then, paused_at = now(), paused_by = 'hand';
  return until_then;
end
$$;

-- For operators: lifts the pause at once, whoever paused; failures until now count no more.
create function resume_logins() returns void
  language plpgsql set search_path from current as $$
begin
  update login_pause set
    paused_until = null, paused_at = null, paused_by = null, counted_from = now();
end
$$;
revoke execute on function pause_logins(interval) from public;
revoke execute on function resume_logins() from public;
