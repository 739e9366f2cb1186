-- LinkedIn may renew a session at any use and stop honouring the one before: uses of one profile's
-- session never overlap, and each ends by writing down what its browser held. Expand only: the
-- release before knows nothing of these columns and serves on.
alter table linkedin_profile
  -- Who uses the session now: a login's id, or one made up for a check.
  add column use_holder uuid,
  -- Grows stale with every take-over: who was thought dead writes nothing.
  add column use_token uuid,
  -- By the database's clock.
  add column use_until timestamptz,
  -- The browser of that use, for whoever takes over from one who said nothing more.
  add column use_browser_sealed text check (use_browser_sealed like 'ey%.%.%.%.%'),
  add constraint a_use_is_somebodys check
    ((use_token is null) = (use_holder is null) and (use_token is null) = (use_until is null)),
  add constraint only_a_use_has_a_browser check (use_browser_sealed is null or use_token is not null),
  -- A session whose member LinkedIn did not tell is kept all the same, and the member asked for later.
  drop constraint a_stored_session_has_its_member;

create index linkedin_profile_use_browser on linkedin_profile (tenant_id, identity_id)
  where use_browser_sealed is not null;

-- Rows that are there hold to the old rule, which is the narrower one: no need to read them all.
alter table audit_event
  drop constraint audit_event_action_check,
  add constraint audit_event_action_check check (action in
    ('identity_created', 'identity_updated', 'identity_deleted', 'login_started', 'code_given',
     'login_ended', 'disconnected', 'signed_out')) not valid;
