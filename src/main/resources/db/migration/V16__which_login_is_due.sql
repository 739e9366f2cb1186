-- A login that becomes due is named to those who claim, so that they need not look for it. The release before
-- looks at no payload of this kind.
create or replace function notify_login() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    perform pg_notify('login_changed', old.id::text);
    return null;
  end if;
  if new.due_at is not null and new.due_at <= new.updated_at then
    perform pg_notify('login_due', new.id || ' ' || new.tenant_id);
  end if;
  if tg_op = 'UPDATE' and new.status is distinct from old.status then
    perform pg_notify('login_changed', new.id::text);
  end if;
  return null;
end
$$;
