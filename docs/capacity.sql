-- What one row of each table takes, with its indexes: run by psql on a migrated database that holds
-- nothing else (docs/capacity.md has the command). Sealed values are as long as the service's: a JWE of a
-- username or password has some 420 characters, of a browser's 8 KiB of cookies some 11,300, and neither
-- can be compressed.
\set many 2000
create temporary table made as
  select n, gen_random_uuid() identity_id, gen_random_uuid() session_id from generate_series(1, :many) n;

create function pg_temp.sealed(length integer) returns text language sql volatile as $$
  select 'eyJhbGciOiJBMjU2R0NNS1ciLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoiMjAyNi0wNSJ9.'
    || left(string_agg(translate(encode(sha512(random()::text::bytea), 'base64'), E'+/=\n', '-_'), ''), length - 76)
    || '.b.c.d'
  from generate_series(1, length / 80 + 1)
$$;

insert into identity select 'acme', identity_id, 'Ada', 'Lovelace', 'Chief Technology Officer', now(), now() from made;
insert into linkedin_profile (tenant_id, identity_id, profile_id, country, connected, connected_at, session_sealed, member_sealed)
  select 'acme', identity_id, gen_random_uuid(), 'US', true, now(), pg_temp.sealed(11300), pg_temp.sealed(420) from made;
insert into login_session (tenant_id, id, identity_id, profile_id, country, verification_wait_s, status, created_at, updated_at, finished_at)
  select 'acme', session_id, identity_id, gen_random_uuid(), 'US', 600, 'completed', now(), now(), now() from made;
insert into audit_event (tenant_id, id, at, actor, action, identity_id, session_id, client_address, outcome)
  select 'acme', gen_random_uuid(), now(), 'backend', 'login_started', identity_id, session_id, '203.0.113.7', 'success' from made;
insert into webhook_endpoint (tenant_id, id, url, secret_sealed, created_at, updated_at)
  values ('acme', '00000000-0000-0000-0000-000000000001', 'https://receiver.example/hook', pg_temp.sealed(420), now(), now());
insert into webhook_message (tenant_id, id, type, body, created_at)
  select 'acme', session_id, 'linkedin.login.completed', repeat('{"data":"0123456789"}', 20), now() from made;
insert into webhook_delivery (tenant_id, endpoint_id, message_id, status, attempts, created_at, finished_at)
  select 'acme', '00000000-0000-0000-0000-000000000001', session_id, 'delivered',
    '[{"at": "2026-05-01T12:00:00.000Z", "response_status": 204, "duration_ms": 42, "error": null}]', now(), now() from made;

select relname as "table", pg_total_relation_size(oid) / :many as bytes_a_row, pg_indexes_size(oid) / :many as of_them_indexes
from pg_class
where relname in ('identity', 'linkedin_profile', 'login_session', 'audit_event', 'webhook_message', 'webhook_delivery')
order by relname;
