package ai.pathbound.identities.login.store;

import static ai.pathbound.identities.login.store.Columns.time;

import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.ProfileId;
import ai.pathbound.identities.login.LoginSettings;
import ai.pathbound.identities.login.session.Country;
import ai.pathbound.identities.login.session.StoredSession;
import ai.pathbound.identities.problem.Refusal;
import ai.pathbound.identities.secret.SecretUnreadable;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * An identity's LinkedIn profile and its stored session, as {@code check} and disconnect see it.
 */
@ApplicationScoped
public class LinkedInProfiles {
  private static final Logger LOG = Logger.getLogger(LinkedInProfiles.class);

  // An answer from before the end of a login says nothing about the session since.
  private static final String FIND =
      """
      select i.id as identity_id, p.profile_id, p.country, p.connected, p.connected_at,
        p.session_sealed,
        case when not exists (
          select 1 from login_session s
          where s.tenant_id = p.tenant_id and s.identity_id = p.identity_id
            and s.finished_at >= p.checked_at
        ) then p.checked_at end as checked_at,
        date_trunc('milliseconds', now()) as now
      from identity i
      left join linkedin_profile p on p.tenant_id = i.tenant_id and p.identity_id = i.id
      where i.tenant_id = $1 and i.id = $2
      """;
  // Only about the very session that was asked about: another one may have come meanwhile. The
  // time names it; its seal may be a new one, under a new key.
  private static final String CHECKED =
      """
      with moment as (
        select date_trunc('milliseconds', now()) as now
      ), kept as (
        update linkedin_profile set connected = $4, checked_at = moment.now from moment
        where tenant_id = $1 and identity_id = $2 and connected_at = $3
      )
      select now from moment
      """;
  private static final String IDENTITY =
      "select 1 from identity where tenant_id = $1 and id = $2 for no key update";

  /** LinkedIn no longer honours the session; who the member is, stays known. */
  static final String EXPIRED =
      """
      update linkedin_profile
      set connected = false, connected_at = null, checked_at = null, session_sealed = null
      where tenant_id = $1 and identity_id = $2
      """;

  // A person who disconnects may connect another account next.
  private static final String DISCONNECT =
      """
      update linkedin_profile
      set connected = false, connected_at = null, checked_at = null, session_sealed = null,
        member_sealed = null
      where tenant_id = $1 and identity_id = $2
      """;

  private final Pool pool;
  private final LoginSettings settings;
  private final LoginSeals seals;
  private final LoginTermination termination;

  LinkedInProfiles(
      Pool pool, LoginSettings settings, LoginSeals seals, LoginTermination termination) {
    this.pool = pool;
    this.settings = settings;
    this.seals = seals;
    this.termination = termination;
  }

  /**
   * Whether LinkedIn honours the session.
   *
   * @param connected what LinkedIn said
   * @param checkedAt when it said so
   */
  public record CheckResult(boolean connected, Instant checkedAt) {}

  /**
   * What is known before LinkedIn is asked.
   *
   * @param profile the profile; empty until a first login was started
   * @param recent an answer that may be used again
   * @param question what to ask; empty where there is no stored session
   */
  public record Known(
      Optional<ProfileId> profile, Optional<CheckResult> recent, Optional<Question> question) {}

  /** What to ask LinkedIn about. */
  public static final class Question {
    private final TenantId tenant;
    private final IdentityId identity;
    private final ProfileId profile;
    private final Instant storedAt;
    private final StoredSession session;
    private final Country country;

    Question(
        TenantId tenant,
        IdentityId identity,
        ProfileId profile,
        Instant storedAt,
        StoredSession session,
        Country country) {
      this.tenant = tenant;
      this.identity = identity;
      this.profile = profile;
      this.storedAt = storedAt;
      this.session = session;
      this.country = country;
    }

    /** Whose session it is. */
    public ProfileId profile() {
      return profile;
    }

    /** The session to try. */
    public StoredSession session() {
      return session;
    }

    /** Where to go out. */
    public Country country() {
      return country;
    }
  }

  /** What is known of an identity's LinkedIn session; refuses with {@code not_found}. */
  public Uni<Known> known(TenantId tenant, IdentityId identity) {
    return pool.preparedQuery(FIND)
        .execute(Tuple.of(tenant.value(), identity.uuid()))
        .map(rows -> known(Columns.required(rows), tenant, identity));
  }

  private Known known(Row row, TenantId tenant, IdentityId identity) {
    Optional<ProfileId> profile =
        Optional.ofNullable(row.getUUID("profile_id")).map(ProfileId::new);
    String sealed = row.getString("session_sealed");
    if (sealed == null) {
      return new Known(profile, Optional.empty(), Optional.empty());
    }
    Instant staleBefore = Columns.now(row).minus(settings.checkReuse());
    Optional<CheckResult> recent =
        Columns.instant(row, "checked_at")
            .filter(checkedAt -> checkedAt.isAfter(staleBefore))
            .map(checkedAt -> new CheckResult(row.getBoolean("connected"), checkedAt));
    StoredSession session = open(sealed, tenant, identity);
    Country country = new Country(row.getString("country"));
    return new Known(
        profile,
        recent,
        Optional.of(
            new Question(
                tenant,
                identity,
                profile.orElseThrow(),
                Columns.instant(row, "connected_at").orElseThrow(),
                session,
                country)));
  }

  private StoredSession open(String sealed, TenantId tenant, IdentityId identity) {
    try {
      return new StoredSession(
          seals.open(sealed, LoginSeals.Column.SESSION, tenant, identity).orElseThrow());
    } catch (SecretUnreadable e) {
      LOG.warnf("a session cannot be checked: %s", e.getMessage());
      throw Refusal.of(
          Refusal.Kind.UNAVAILABLE,
          "session_unreadable",
          "The stored LinkedIn session cannot be opened, since its key is missing here. The operator"
              + " can bring the key back; a login with username and password stores a new session.");
    }
  }

  /** Remembers what LinkedIn said, if the session is still the one that was asked about. */
  public Uni<CheckResult> answered(Question question, boolean connected) {
    return pool.preparedQuery(CHECKED)
        .execute(
            Tuple.of(
                question.tenant.value(),
                question.identity.uuid(),
                time(question.storedAt),
                connected))
        .map(rows -> new CheckResult(connected, Columns.now(rows.iterator().next())));
  }

  /**
   * Ends a login under way as {@code cancelled} and erases the stored session; the profile stays.
   * Refuses with {@code not_found}.
   */
  public Uni<Void> disconnect(Transaction tx, TenantId tenant, IdentityId identity) {
    Tuple key = Tuple.of(tenant.value(), identity.uuid());
    return tx.connection()
        .preparedQuery(IDENTITY)
        .execute(key)
        .invoke(Columns::required)
        .flatMap(found -> ProfileLock.take(tx.statements(), tenant, identity))
        .flatMap(
            locked ->
                locked
                    .map(profile -> cancel(tx, tenant, identity, profile.now()))
                    .orElseGet(Uni.createFrom()::voidItem))
        .flatMap(ended -> tx.connection().preparedQuery(DISCONNECT).execute(key))
        .replaceWithVoid();
  }

  private Uni<Void> cancel(Transaction tx, TenantId tenant, IdentityId identity, Instant now) {
    return termination
        .active(tx, tenant, identity)
        .flatMap(
            active ->
                active
                    .map(login -> termination.cancel(tx, login, now))
                    .orElseGet(Uni.createFrom()::voidItem));
  }
}
