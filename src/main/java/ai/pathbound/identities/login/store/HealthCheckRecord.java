package ai.pathbound.identities.login.store;

import static ai.pathbound.identities.login.store.Columns.seconds;

import ai.pathbound.identities.audit.Action;
import ai.pathbound.identities.audit.AuditTrail;
import ai.pathbound.identities.database.Transactions;
import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.id.ProfileId;
import ai.pathbound.identities.login.LoginSettings;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;

/**
 * Writes what a look found, and when the next one is due. Only the row of the claim and only the
 * session that was looked at: after a login or a disconnect a look writes nothing. Two answers of
 * LinkedIn that the session is over, so far apart as the settings say, erase it; no answer never
 * does.
 */
@ApplicationScoped
public class HealthCheckRecord {
  /**
   * Out of reach is asked again after so much of the interval: an outage makes no rush. Where a
   * look has found the session over already, the second one is tried again as soon as it may be.
   */
  private static final int TRIES_PER_INTERVAL = 4;

  private static final String HELD =
      " where tenant_id = $1 and identity_id = $2 and look_epoch = $3";
  // A stored session has its time, so that to ask for it as well would only offer the planner an
  // index
  // of all stored sessions.
  private static final String SAME = HELD + " and connected_at = $4";
  private static final String MOMENT =
      " from (select date_trunc('milliseconds', now()) as now) moment ";
  private static final String DONE =
      " look_lease_until = null, look_epoch = look_epoch + 1, look_due_at = ";

  static final String HONOURED =
      """
      update linkedin_profile set
        connected = true, checked_at = moment.now, look_from = moment.now, doubted_at = null,
      """
          + DONE
          + "now() + make_interval(secs => $5 * (0.75 + 0.5 * random()))"
          + MOMENT
          + SAME;
  // A session that LinkedIn honoured since the first look is doubted again from the start.
  private static final String DOUBTED =
      """
      update linkedin_profile set
        connected = false, checked_at = moment.now, look_from = moment.now,
        doubted_at = case when connected then moment.now else coalesce(doubted_at, moment.now) end,
      """
          + DONE
          + """
      greatest(now(), case when connected then moment.now else coalesce(doubted_at, moment.now) end
          + make_interval(secs => $5 * (1 + 0.25 * random())))
      """
          + MOMENT
          + SAME;
  // A login under way was accepted because there is a session: it finds out by itself.
  private static final String EXPIRED =
      """
      update linkedin_profile set
        connected = false, connected_at = null, checked_at = null, session_sealed = null,
        expired_at = date_trunc('milliseconds', now()),
      """
          + LinkedInProfiles.NO_LOOK
          + SAME
          + """
           and not connected and doubted_at <= now() - make_interval(secs => $5)
           and not exists (
             select 1 from login_session s
             where s.tenant_id = $1 and s.identity_id = $2 and s.finished_at is null)
      returning profile_id
      """;
  private static final String NEEDLESS =
      """
      update linkedin_profile set look_from = greatest(connected_at, checked_at),
      """
          + DONE
          + """
      greatest(now(), greatest(connected_at, checked_at)
          + make_interval(secs => $4 * (0.75 + 0.5 * random())))
      """
          + HELD;
  // A session that is doubted waits for its second look, and not for the next round.
  private static final String LATER =
      "update linkedin_profile set"
          + DONE
          + """
      now() + make_interval(secs => case when doubted_at is not null and not connected
          then least($4, $5 * (1 + 0.25 * random())) else $4 * (0.75 + 0.5 * random()) end)
      """
          + HELD;

  private final Pool pool;
  private final Transactions transactions;
  private final LoginSettings settings;
  private final LoginEvents events;
  private final AuditTrail audit;

  HealthCheckRecord(
      Pool pool,
      Transactions transactions,
      LoginSettings settings,
      LoginEvents events,
      AuditTrail audit) {
    this.pool = pool;
    this.transactions = transactions;
    this.settings = settings;
    this.events = events;
    this.audit = audit;
  }

  /**
   * LinkedIn answered.
   *
   * @param storedAt the login that stored the session that was looked at
   * @param honoured whether it honours the session
   */
  public Uni<HealthCheckOutcome> answered(
      ClaimedHealthCheck look, OffsetDateTime storedAt, boolean honoured) {
    return honoured
        ? pool.preparedQuery(HONOURED)
            .execute(honoured(look, storedAt))
            .map(rows -> outcome(rows, HealthCheckOutcome.HONOURED))
        : transactions.run(tx -> over(tx, look, storedAt));
  }

  /** What the statement that writes an honoured session is given. */
  Tuple honoured(ClaimedHealthCheck look, OffsetDateTime storedAt) {
    return same(look, storedAt).addValue(seconds(settings.health().interval()));
  }

  /** The profile is locked first, as wherever more than its row is written. */
  private Uni<HealthCheckOutcome> over(
      Transaction tx, ClaimedHealthCheck look, OffsetDateTime storedAt) {
    double confirmAfter = seconds(settings.health().confirmAfter());
    return ProfileLock.take(tx.statements(), look.tenant(), look.identity())
        .chain(
            () ->
                tx.connection()
                    .preparedQuery(EXPIRED)
                    .execute(same(look, storedAt).addValue(confirmAfter)))
        .chain(
            erased ->
                erased.rowCount() == 1
                    ? tell(tx, look, erased.iterator().next())
                        .replaceWith(HealthCheckOutcome.EXPIRED)
                    : tx.connection()
                        .preparedQuery(DOUBTED)
                        .execute(same(look, storedAt).addValue(confirmAfter))
                        .map(rows -> outcome(rows, HealthCheckOutcome.DOUBTED)));
  }

  private Uni<Void> tell(Transaction tx, ClaimedHealthCheck look, Row erased) {
    return events
        .expired(
            tx.statements(),
            look.tenant(),
            look.identity(),
            new ProfileId(erased.getUUID("profile_id")))
        .chain(
            () ->
                audit.writeOwn(
                    tx.statements(), look.tenant(), Action.SESSION_EXPIRED, look.identity()));
  }

  /** A login or a check said it already: the next look counts from there. */
  public Uni<HealthCheckOutcome> needless(ClaimedHealthCheck look) {
    return put(
        NEEDLESS,
        held(look).addValue(seconds(settings.health().interval())),
        HealthCheckOutcome.NEEDLESS);
  }

  /**
   * LinkedIn was not asked, or did not answer; that says nothing of the session.
   *
   * @param why what it is counted as
   */
  public Uni<HealthCheckOutcome> later(ClaimedHealthCheck look, HealthCheckOutcome why) {
    return put(
        LATER,
        held(look)
            .addValue(seconds(settings.health().interval()) / TRIES_PER_INTERVAL)
            .addValue(seconds(settings.health().confirmAfter())),
        why);
  }

  private Uni<HealthCheckOutcome> put(String sql, Tuple held, HealthCheckOutcome as) {
    return pool.preparedQuery(sql).execute(held).map(rows -> outcome(rows, as));
  }

  private static HealthCheckOutcome outcome(RowSet<Row> rows, HealthCheckOutcome written) {
    return rows.rowCount() == 1 ? written : HealthCheckOutcome.LOST;
  }

  private static Tuple held(ClaimedHealthCheck look) {
    return Tuple.of(look.tenant().value(), look.identity().uuid(), look.epoch());
  }

  private static Tuple same(ClaimedHealthCheck look, OffsetDateTime storedAt) {
    return held(look).addValue(storedAt);
  }
}
