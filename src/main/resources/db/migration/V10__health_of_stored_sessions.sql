-- Health: every stored session is looked at now and then, so that a tenant hears of one that ended before
-- it is needed. Expand only: the release before knows nothing of these columns and serves on; the looks of
-- a session that it stores or erases are put right at the next one.
alter table linkedin_profile
  -- When LinkedIn's no erased the session. A login that completes and a disconnect clear it; where there
  -- is a session, it says nothing.
  add column expired_at timestamptz,
  -- When a worker may look; null while one does, and until the first look is planned.
  add column look_due_at timestamptz,
  -- By the database's clock; a look that is not written down by then is begun anew.
  add column look_lease_until timestamptz,
  -- Grows with every claim and with every end of a session; a write under an old epoch finds no row.
  add column look_epoch bigint not null default 0,
  -- The answer from which the due time was reckoned: a newer one makes the look needless.
  add column look_from timestamptz,
  -- When a look first found the session over. A second one, later, erases it.
  add column doubted_at timestamptz,
  add constraint a_look_is_due_or_held check (look_due_at is null or look_lease_until is null);

create index linkedin_profile_look_due on linkedin_profile (tenant_id, look_due_at)
  where look_due_at is not null and session_sealed is not null;
create index linkedin_profile_look_lease on linkedin_profile (look_lease_until)
  where look_lease_until is not null;
create index linkedin_profile_look_unplanned on linkedin_profile (tenant_id, identity_id)
  where look_due_at is null and look_lease_until is null and session_sealed is not null;

-- How fast the whole service looks, one row: however much is overdue, it is not caught up with at once.
create table session_look_pace (
  only_row   boolean     primary key default true check (only_row),
  -- How many sessions were stored when somebody last counted.
  sessions   bigint      not null default 0 check (sessions >= 0),
  counted_at timestamptz not null default '-infinity',
  -- Each look moves this on by the time that is between two; none begins while it lies ahead.
  paid_until timestamptz not null default '-infinity'
);
insert into session_look_pace default values;

-- The actions of the constraint as it is, and one more: rows that are there hold to the narrower one.
do $$
declare
  was text;
begin
  select pg_get_constraintdef(oid) into strict was from pg_constraint
  where conrelid = 'audit_event'::regclass and conname = 'audit_event_action_check';
  alter table audit_event drop constraint audit_event_action_check;
  execute 'alter table audit_event add constraint audit_event_action_check '
    || replace(
      regexp_replace(was, 'ARRAY\[', 'ARRAY[''session_expired''::text, '), ' NOT VALID', '')
    || ' not valid';
end
$$;
