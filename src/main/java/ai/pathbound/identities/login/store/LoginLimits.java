package ai.pathbound.identities.login.store;

import static ai.pathbound.identities.login.store.Columns.seconds;

import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.login.LoginSettings;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How often an identity may log in. It counts rows, under the lock on the profile, so it holds
 * across replicas.
 */
@ApplicationScoped
class LoginLimits {
  private static final Duration WINDOW = Duration.ofHours(1);
  // The times are subqueries: as plain expressions they make the right index look dearer than
  // others.
  private static final String HISTORY =
      """
      select
        (select created_at from login_session
         where tenant_id = $1 and identity_id = $2
           and created_at > (select statement_timestamp() - make_interval(secs => $3))
         order by created_at desc offset $4 limit 1) as oldest_of_all_allowed,
        max(finished_at) filter (where failure = 'credentials_rejected') as rejected_at,
        max(finished_at) filter (where failure = 'account_locked') as locked_at
      from login_session
      where tenant_id = $1 and identity_id = $2
        and created_at > (select statement_timestamp() - make_interval(secs => $5))
      """;

  private final LoginSettings settings;

  LoginLimits(LoginSettings settings) {
    this.settings = settings;
  }

  /** What the limits depend on. */
  record History(
      Optional<Instant> oldestOfAllAllowed,
      Optional<Instant> rejectedAt,
      Optional<Instant> lockedAt) {}

  /** The identity's history, in a transaction that holds its profile's lock by then. */
  Uni<History> history(Transaction tx, TenantId tenant, IdentityId identity) {
    Duration longestCoolDown =
        longer(settings.coolDownAfterRejection(), settings.coolDownAfterLock());
    return tx.connection()
        .preparedQuery(HISTORY)
        .execute(
            Tuple.of(
                tenant.value(),
                identity.uuid(),
                seconds(WINDOW),
                settings.loginsPerHour() - 1,
                // A login may go on for a while before it ends and its cool-down begins.
                seconds(longestCoolDown.plus(WINDOW.multipliedBy(2)))))
        .map(rows -> history(rows.iterator().next()));
  }

  private static History history(Row row) {
    return new History(
        Columns.instant(row, "oldest_of_all_allowed"),
        Columns.instant(row, "rejected_at"),
        Columns.instant(row, "locked_at"));
  }

  /** Refuses with {@code too_many_logins} where the identity must wait. */
  void require(History history, Instant now) {
    until(history.oldestOfAllAllowed(), WINDOW, now)
        .ifPresent(
            wait -> {
              throw tooMany(
                  "This identity has started "
                      + settings.loginsPerHour()
                      + " logins within an hour, which is the limit.",
                  wait);
            });
    until(history.lockedAt(), settings.coolDownAfterLock(), now)
        .ifPresent(
            wait -> {
              throw tooMany(
                      "LinkedIn has locked this account a moment ago. Its owner must unlock it at"
                          + " linkedin.com first.",
                      wait)
                  .because(FailureReason.ACCOUNT_LOCKED.wireName());
            });
    until(history.rejectedAt(), settings.coolDownAfterRejection(), now)
        .ifPresent(
            wait -> {
              throw tooMany(
                      "LinkedIn did not accept this account's credentials a moment ago. Check them"
                          + " first.",
                      wait)
                  .because(FailureReason.CREDENTIALS_REJECTED.wireName());
            });
  }

  private static Optional<Duration> until(Optional<Instant> began, Duration pause, Instant now) {
    return began
        .map(since -> Duration.between(now, since.plus(pause)))
        .filter(wait -> wait.compareTo(Duration.ZERO) > 0);
  }

  private static RefusalException tooMany(String why, Duration wait) {
    return RefusalException.of(
            RefusalException.Kind.TOO_MANY,
            "too_many_logins",
            why + " Try again when the time in Retry-After is over.")
        .retryAfter(wait);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
