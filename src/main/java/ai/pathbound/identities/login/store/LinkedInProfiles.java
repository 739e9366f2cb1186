package ai.pathbound.identities.login.store;

import static ai.pathbound.identities.login.store.Columns.time;

import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.ProfileId;
import ai.pathbound.identities.login.LoginSettings;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.secret.UnreadableSecretException;
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
      select i.id as identity_id, p.profile_id, p.connected, p.connected_at,
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
  // Matches connected_at, not the ciphertext, which key rotation may have replaced.
  private static final String CHECKED =
      """
      with moment as (
        select date_trunc('milliseconds', now()) as now
      ), kept as (
        update linkedin_profile set connected = $4, checked_at = moment.now,
          doubted_at = case when not $4 then doubted_at end
        from moment
        where tenant_id = $1 and identity_id = $2 and connected_at = $3
      )
      select now from moment
      """;

  /** Locks the identity's row, before any other. */
  static final String IDENTITY =
      "select 1 from identity where tenant_id = $1 and id = $2 for no key update";

  /** There is another session, or none: what was planned for the one before is void. */
  static final String NO_LOOK =
      """
       look_due_at = null, look_lease_until = null, look_from = null, doubted_at = null,
        look_epoch = look_epoch + 1
      """;

  /** LinkedIn no longer honours the session; who the member is, stays known. */
  static final String EXPIRED =
      """
      update linkedin_profile
      set connected = false, connected_at = null, checked_at = null, session_sealed = null,
        expired_at = date_trunc('milliseconds', now()),
      """
          + NO_LOOK
          // A stored session has its time; to ask for that keeps the index of the stored sessions'
          // keys out, which would be read from its beginning to its end.
          + " where tenant_id = $1 and identity_id = $2 and connected_at is not null";

  // A person who disconnects may connect another account next.
  private static final String DISCONNECT =
      """
      with before as (
        select tenant_id, identity_id, session_sealed is not null as had_session
        from linkedin_profile where tenant_id = $1 and identity_id = $2 for update
      )
      update linkedin_profile p
      set connected = false, connected_at = null, checked_at = null, session_sealed = null,
        member_sealed = null, expired_at = null,
      """
          + NO_LOOK
          + """
      from before where p.tenant_id = $1 and p.identity_id = $2
      returning p.profile_id, before.had_session
      """;

  private final Pool pool;
  private final LoginSettings settings;
  private final LoginSeals seals;
  private final LoginCancellation cancellation;
  private final LoginEvents events;

  LinkedInProfiles(
      Pool pool,
      LoginSettings settings,
      LoginSeals seals,
      LoginCancellation cancellation,
      LoginEvents events) {
    this.pool = pool;
    this.settings = settings;
    this.seals = seals;
    this.cancellation = cancellation;
    this.events = events;
  }

  /** Whether LinkedIn honours the session. */
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

  /** What to ask LinkedIn about: the session that a login stored at that time. */
  public static final class Question {
    private final TenantId tenant;
    private final IdentityId identity;
    private final Instant storedAt;

    Question(TenantId tenant, IdentityId identity, Instant storedAt) {
      this.tenant = tenant;
      this.identity = identity;
      this.storedAt = storedAt;
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
    requireReadable(sealed, tenant, identity);
    return new Known(
        profile,
        recent,
        Optional.of(
            new Question(tenant, identity, Columns.instant(row, "connected_at").orElseThrow())));
  }

  private void requireReadable(String sealed, TenantId tenant, IdentityId identity) {
    try {
      seals.open(sealed, LoginSeals.Column.SESSION, tenant, identity);
    } catch (UnreadableSecretException e) {
      LOG.warnf("a session cannot be checked: %s", e.getMessage());
      throw RefusalException.of(
          RefusalException.Kind.UNAVAILABLE,
          "session_unreadable",
          "The stored LinkedIn session cannot be opened, since its key is missing here. The"
              + " operator can bring the key back; a login with username and password stores a new"
              + " session.");
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
    return cancellation
        .cancel(tx, tenant, identity)
        .flatMap(
            ended ->
                tx.connection()
                    .preparedQuery(DISCONNECT)
                    .execute(Tuple.of(tenant.value(), identity.uuid())))
        .flatMap(
            rows ->
                rows.size() == 0 || !rows.iterator().next().getBoolean("had_session")
                    ? Uni.createFrom().voidItem()
                    : events.disconnected(
                        tx.statements(),
                        tenant,
                        identity,
                        new ProfileId(rows.iterator().next().getUUID("profile_id"))));
  }
}
