package ai.pathbound.identities.login;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.SessionId;
import java.util.UUID;

/** Logins that wait for a code, as many as a test wants, without anybody having logged in. */
public final class WaitingLogins {
  private WaitingLogins() {}

  /** The statement that makes them; it answers {@code identity_id} and {@code id} of each. */
  public static String insert(String tenant, int count) {
    return """
        with identities as (
          insert into identity
          select '%s', gen_random_uuid(), 'Ada', 'Lovelace', 'CTO', now(), now()
          from generate_series(1, %d) returning tenant_id, id
        ), profiles as (
          insert into linkedin_profile (tenant_id, identity_id, profile_id, country)
          select tenant_id, id, gen_random_uuid(), 'US' from identities
          returning tenant_id, identity_id, profile_id
        )
        insert into login_session (tenant_id, id, identity_id, profile_id, country,
          verification_wait_s, status, challenge, verification_expires_at, deadline_at, created_at,
          updated_at)
        select tenant_id, gen_random_uuid(), identity_id, profile_id, 'US', 3600, 'awaiting_2fa',
          'authenticator_code', now() + interval '60 days', now() + interval '60 days', now(), now()
        from profiles
        returning identity_id, id
        """
        .formatted(tenant, count);
  }

  /** The path of a login's status. */
  public static String path(UUID identity, UUID session) {
    return Client.status(new IdentityId(identity).toString(), new SessionId(session).toString());
  }
}
