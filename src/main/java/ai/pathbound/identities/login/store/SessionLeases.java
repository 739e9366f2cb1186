package ai.pathbound.identities.login.store;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.ProfileId;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.Country;
import ai.pathbound.identities.login.session.Member;
import ai.pathbound.identities.login.session.StoredSession;
import ai.pathbound.identities.secret.UnreadableSecretException;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Leases on the stored session of a profile, in its row and by the database's clock, so that no two
 * uses overlap, on whichever replica. What a use writes is compared with what it was given: after a
 * disconnect, a newer login or a take-over it writes nothing.
 */
@ApplicationScoped
public class SessionLeases {
  private static final Logger LOG = Logger.getLogger(SessionLeases.class);

  // A login that began with the stored session uses it as long as it has a browser, also while a
  // person looks for a code; no lease of its own is renewed all that time. connected_at: a stored
  // session has its time, and an index of all stored sessions is no way to one of them. A browser
  // whose login was broken off may hold a newer session until it is swept.
  private static final String TAKE =
      """
      update linkedin_profile p
      set use_holder = $3, use_token = $4, use_until = now() + make_interval(secs => $5)
      where p.tenant_id = $1 and p.identity_id = $2 and p.connected_at is not null
        and (p.use_until is null or p.use_until < now() or p.use_holder = $3)
        and not exists (
          select 1 from login_session s
          where s.tenant_id = p.tenant_id and s.identity_id = p.identity_id and s.id <> $3
            and s.finished_at is null and s.browser_sealed is not null
            and s.username_sealed is null and s.session_cookie_sealed is null
            and s.credentials_sent_at is null)
        and not coalesce((
          select bool_or(
      """
          + AbandonedBrowsers.BROKEN_OFF
          + """
          ) from abandoned_browser b
          where b.tenant_id = p.tenant_id and b.identity_id = p.identity_id and b.session_id <> $3
            and b.created_at > now() - interval '1 minute'), false)
      returning p.profile_id, p.country, p.connected_at, p.session_sealed, p.use_browser_sealed,
        p.member_sealed
      """;
  private static final String HAS_SESSION =
      """
      select 1 from linkedin_profile
      where tenant_id = $1 and identity_id = $2 and connected_at is not null
      """;
  private static final String LOGIN_WAITS =
      """
      select exists (
        select 1 from login_session
        where tenant_id = $1 and identity_id = $2 and finished_at is null
          and username_sealed is null and session_cookie_sealed is null
          and credentials_sent_at is null)
      """;
  private static final String HELD =
      " where tenant_id = $1 and identity_id = $2 and use_token = $3";
  private static final String RENEW =
      "update linkedin_profile set use_until = now() + make_interval(secs => $4)" + HELD;
  private static final String BROWSER =
      "update linkedin_profile set use_browser_sealed = $4" + HELD;
  // Its seal may have changed under a new key: the time of its login names the session.
  private static final String STORE =
      "update linkedin_profile set session_sealed = $4" + HELD + " and connected_at = $5";
  private static final String MEMBER =
      "update linkedin_profile set member_sealed = $4"
          + HELD
          + " and connected_at = $5 and ($6 or member_sealed is null)";
  private static final String RELEASE =
      """
      update linkedin_profile
      set use_holder = null, use_token = null, use_until = null, use_browser_sealed = null
      """
          + HELD;

  // Over at once, and its browser is still written down: the next use asks it again.
  private static final String LEAVE = "update linkedin_profile set use_until = now()" + HELD;

  private final Pool pool;
  private final LoginSeals seals;

  SessionLeases(Pool pool, LoginSeals seals) {
    this.pool = pool;
    this.seals = seals;
  }

  /**
   * A use of a stored session.
   *
   * @param tenant whose identity it is
   * @param identity which one
   * @param profile its profile
   * @param token names this lease and no other
   * @param storedAt the login that stored the session; names the session
   * @param session the session
   * @param country where to go out
   * @param left the browser of an earlier use that did not say how it ended
   * @param askWho whether LinkedIn has not said yet whose session it is
   * @param presumed whose it is taken to be, where LinkedIn has not said so
   */
  public record Lease(
      TenantId tenant,
      IdentityId identity,
      ProfileId profile,
      UUID token,
      OffsetDateTime storedAt,
      StoredSession session,
      Country country,
      Optional<BrowserHandle> left,
      boolean askWho,
      Optional<Member> presumed) {

    /** The same use, of what the session has become. */
    public Lease of(StoredSession now) {
      return new Lease(
          tenant,
          identity,
          profile,
          token,
          storedAt,
          now,
          country,
          Optional.empty(),
          askWho,
          presumed);
    }
  }

  /**
   * Takes the lease, unless another holder has it; empty then, and where there is no session.
   *
   * @param holder who wants it; a lease that the same holder has is taken over at once
   */
  public Uni<Optional<Lease>> take(
      TenantId tenant, IdentityId identity, UUID holder, Duration lease) {
    UUID token = UUID.randomUUID();
    return pool.preparedQuery(TAKE)
        .execute(Tuple.of(tenant.value(), identity.uuid(), holder, token, seconds(lease)))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(lease(rows.iterator().next(), tenant, identity, token)));
  }

  private Lease lease(Row row, TenantId tenant, IdentityId identity, UUID token) {
    Optional<Member> member = member(row, tenant, identity);
    return new Lease(
        tenant,
        identity,
        new ProfileId(row.getUUID("profile_id")),
        token,
        row.getOffsetDateTime("connected_at"),
        new StoredSession(
            seals
                .open(row.getString("session_sealed"), LoginSeals.Column.SESSION, tenant, identity)
                .orElseThrow()),
        new Country(row.getString("country")),
        seals
            .open(
                row.getString("use_browser_sealed"),
                LoginSeals.Column.USE_BROWSER,
                tenant,
                identity)
            .map(BrowserHandle::new),
        row.getString("member_sealed") == null || member.filter(Member::presumed).isPresent(),
        member.filter(Member::presumed));
  }

  /** Whose session it is; empty also where the key of that is lost, which hinders no use. */
  private Optional<Member> member(Row row, TenantId tenant, IdentityId identity) {
    try {
      return seals
          .open(row.getString("member_sealed"), LoginSeals.Column.MEMBER, tenant, identity)
          .map(Member::of);
    } catch (UnreadableSecretException e) {
      LOG.debugf("it is not known whose session is used: %s", e.getMessage());
      return Optional.empty();
    }
  }

  /** Whether there is a session to use at all. */
  public Uni<Boolean> hasSession(TenantId tenant, IdentityId identity) {
    return pool.preparedQuery(HAS_SESSION)
        .execute(Tuple.of(tenant.value(), identity.uuid()))
        .map(rows -> rows.size() == 1);
  }

  /** Whether a login is under way that signs in with the session, or is to. */
  public Uni<Boolean> isWantedByLogin(TenantId tenant, IdentityId identity) {
    return pool.preparedQuery(LOGIN_WAITS)
        .execute(Tuple.of(tenant.value(), identity.uuid()))
        .map(rows -> rows.iterator().next().getBoolean(0));
  }

  /** Makes the lease last from now on; whether it is still held. */
  public Uni<Boolean> renew(Lease use, Duration lease) {
    return changed(RENEW, key(use).addValue(seconds(lease)));
  }

  /** Remembers the use's browser; whether the lease is still held. */
  public Uni<Boolean> browserAt(Lease use, BrowserHandle browser) {
    return changed(
        BROWSER,
        key(use)
            .addValue(
                seals.seal(
                    browser.content(),
                    LoginSeals.Column.USE_BROWSER,
                    use.tenant(),
                    use.identity())));
  }

  /** Stores what the session has become; whether it was still the one that was given. */
  public Uni<Boolean> store(Lease use, StoredSession session) {
    return changed(
        STORE,
        key(use)
            .addValue(
                seals.seal(
                    session.content(), LoginSeals.Column.SESSION, use.tenant(), use.identity()))
            .addValue(use.storedAt()));
  }

  /** Remembers whose session it is, where LinkedIn had not said so before. */
  public Uni<Boolean> memberIs(Lease use, Member member) {
    return changed(
        MEMBER,
        key(use)
            .addValue(
                seals.seal(member.kept(), LoginSeals.Column.MEMBER, use.tenant(), use.identity()))
            .addValue(use.storedAt())
            .addValue(use.presumed().isPresent()));
  }

  /** Ends the use; one that another use took over is ended already. */
  public Uni<Void> release(Lease use) {
    return changed(RELEASE, key(use)).replaceWithVoid();
  }

  /** Ends the use, and leaves to the next one the browser that it took over. */
  public Uni<Void> leave(Lease use) {
    return changed(LEAVE, key(use)).replaceWithVoid();
  }

  private Uni<Boolean> changed(String sql, Tuple values) {
    return pool.preparedQuery(sql).execute(values).map(rows -> rows.rowCount() == 1);
  }

  private static Tuple key(Lease use) {
    return Tuple.of(use.tenant().value(), use.identity().uuid(), use.token());
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }
}
