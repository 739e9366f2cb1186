package ai.pathbound.identities.login.store;

import ai.pathbound.identities.database.Statements;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.ProfileId;
import ai.pathbound.identities.login.session.Country;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The lock on the row of an identity's LinkedIn profile. A transaction that locks a login's row as
 * well takes this one first, so that no two of them wait for each other.
 */
final class ProfileLock {
  // The time is told once the lock is there, or what was written meanwhile would seem to be later.
  // As a number: both clients of the database read that alike.
  private static final String TAKE =
      """
      select locked.*, floor(extract(epoch from clock_timestamp()) * 1000)::bigint as now
      from (
        select profile_id, country, session_sealed is not null as has_session
        from linkedin_profile where tenant_id = $1 and identity_id = $2
        for update
      ) locked
      """;

  private ProfileLock() {}

  /**
   * What the locked row says.
   *
   * @param country where the profile goes out
   * @param hasSession whether there is a stored session
   * @param now when the lock was taken, by the database's clock
   */
  record Profile(ProfileId id, Country country, boolean hasSession, Instant now) {}

  /** Takes it until the transaction ends; empty where the identity has no profile. */
  static Uni<Optional<Profile>> take(Statements transaction, TenantId tenant, IdentityId identity) {
    return transaction
        .select(TAKE, List.of(tenant.value(), identity.uuid()))
        .map(rows -> rows.stream().findFirst().map(ProfileLock::profile));
  }

  private static Profile profile(Object[] row) {
    return new Profile(
        new ProfileId((UUID) row[0]),
        new Country((String) row[1]),
        (Boolean) row[2],
        Instant.ofEpochMilli((Long) row[3]));
  }
}
