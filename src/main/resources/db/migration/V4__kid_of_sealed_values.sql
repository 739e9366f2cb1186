-- Which key sealed a value: the kid of its JWE header (RFC 7516, section 4.1.6). Built into the
-- indexes by which a rotation finds, of all stored sessions, those under another key.
create function sealed_kid(sealed text) returns text
  language sql immutable strict parallel safe as $$
  select convert_from(
      decode(rpad(translate(h, '-_', '+/'), (length(h) + 3) / 4 * 4, '='), 'base64'), 'UTF8'
    )::json ->> 'kid'
  from split_part(sealed, '.', 1) h
$$;

create index linkedin_profile_session_kid on linkedin_profile (sealed_kid(session_sealed))
  where session_sealed is not null;
create index linkedin_profile_member_kid on linkedin_profile (sealed_kid(member_sealed))
  where member_sealed is not null;
