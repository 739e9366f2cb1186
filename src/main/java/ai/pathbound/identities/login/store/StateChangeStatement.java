package ai.pathbound.identities.login.store;

import static ai.pathbound.identities.login.store.Columns.time;

import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.login.LoginSettings;
import ai.pathbound.identities.login.session.AwaitingConfirmation;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginFacts;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.session.LoginStatus;
import ai.pathbound.identities.login.session.SentTo;
import ai.pathbound.identities.login.store.StateChange.Written;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one statement by which a login changes its state. Requires the epoch that was read, so no
 * write overwrites an unseen change. A terminal state erases every secret of the row and leaves a
 * note of the browser in the same statement.
 *
 * <p>What shall be pressed waits until the worker that looks at the page just now is done with its
 * browser ({@link ClaimedLogins#letGo}), and no longer than that worker's lease: two would press
 * and lead away in one.
 */
final class StateChangeStatement {
  static final String CHANGE =
      """
      with before as (
        select tenant_id, id, identity_id, browser_sealed from login_session
        where tenant_id = $1 and id = $2 and epoch = $3
        for update
      ), noted as (
      """
          + AbandonedBrowsers.note("before", "$11")
          + """
               and $12::timestamptz is not null
          )
          update login_session s set
            status = $4, deadline_at = $5, challenge = $6, last_code_wrong = $7,
            codes_used = case when $12::timestamptz is null then $8 else s.codes_used end,
            verification_expires_at =
              case when $12::timestamptz is null then $9 else s.verification_expires_at end,
            failure = $10, updated_at = $11, finished_at = $12,
            due_at = greatest($13, case when $21::text is not null then s.lease_until end),
            sent_to = $16, alternatives = $17, can_resend = $18,
            resends = case when $12::timestamptz is null then $19 else s.resends end,
            code_sent_at = case when $12::timestamptz is null then $20 else s.code_sent_at end,
            challenge_request = $21,
            username_sealed = case when $12::timestamptz is null then s.username_sealed end,
            password_sealed = case when $12::timestamptz is null then s.password_sealed end,
            session_cookie_sealed =
              case when $12::timestamptz is null then s.session_cookie_sealed end,
            code_sealed = case when $12::timestamptz is null then $14 end,
            browser_sealed =
              case when $12::timestamptz is null then coalesce($15, s.browser_sealed) end,
            worker = null, lease_until = null, epoch = s.epoch + 1
          from before
          where s.tenant_id = $1 and s.id = $2
          returning s.version, $12::timestamptz is not null and exists (
            select 1 from connect_link l
            where l.tenant_id = s.tenant_id and l.session_id = s.id and l.status = 'submitted'
          ) as followed
          """;

  /** The same, but for a row that another transaction is writing, which it leaves as it is. */
  static final String CHANGE_UNLESS_LOCKED = CHANGE.replace("for update", "for update skip locked");

  private final LoginSettings settings;

  StateChangeStatement(LoginSettings settings) {
    this.settings = settings;
  }

  /**
   * Writes the rows; of each change what was written, empty where the row is gone or is no longer
   * at that epoch.
   *
   * @param sql {@link #CHANGE} or {@link #CHANGE_UNLESS_LOCKED}
   */
  Uni<List<Optional<Written>>> execute(Transaction tx, String sql, List<StateChange> changes) {
    List<LoginSnapshot> after = changes.stream().map(StateChange::after).toList();
    List<Tuple> values = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      values.add(values(changes.get(i), after.get(i)));
    }
    return tx.connection()
        .preparedQuery(sql)
        .executeBatch(values)
        .map(
            first -> {
              List<Optional<Written>> written = new ArrayList<>();
              RowSet<Row> rows = first;
              for (int i = 0; i < changes.size(); i++) {
                LoginSnapshot before = changes.get(i).before();
                written.add(written(before, after.get(i), rows));
                rows = rows.next();
              }
              return written;
            });
  }

  private static Optional<Written> written(
      LoginSnapshot before, LoginSnapshot after, RowSet<Row> rows) {
    if (rows.size() == 0) {
      return Optional.empty();
    }
    Row row = rows.iterator().next();
    return Optional.of(
        new Written(before, after, row.getLong("version"), row.getBoolean("followed")));
  }

  private Tuple values(StateChange change, LoginSnapshot after) {
    LoginFacts facts = change.before().facts();
    return Tuple.tuple()
        .addValue(facts.tenant().value())
        .addValue(facts.session().uuid())
        .addValue(change.epoch())
        .addValue(after.status().wireName())
        .addValue(time(after.deadline()))
        .addValue(after.challenge().map(ChallengeKind::wireName).orElse(null))
        .addValue(after.lastCodeWrong())
        .addValue(after.verification().codesUsed())
        .addValue(time(after.verification().expiresAt()))
        .addValue(after.failure().map(FailureReason::wireName).orElse(null))
        .addValue(time(after.updatedAt()))
        .addValue(after.status().isTerminal() ? time(change.at()) : null)
        .addValue(time(dueAt(change)))
        .addValue(change.codeSealed())
        .addValue(change.browserSealed())
        .addValue(after.options().sentTo().map(SentTo::text).orElse(null))
        .addValue(
            after.options().alternatives().stream()
                .map(ChallengeKind::wireName)
                .toArray(String[]::new))
        .addValue(after.options().canResend())
        .addValue(after.verification().resends())
        .addValue(time(after.verification().sentAt()))
        .addValue(change.request() == null ? null : change.request().wireName());
  }

  private Optional<Instant> dueAt(StateChange change) {
    if (LoginStatus.of(change.next()) == LoginStatus.QUEUED || change.request() != null) {
      return Optional.of(change.at());
    }
    return change.next() instanceof AwaitingConfirmation
        ? Optional.of(change.at().plus(settings.confirmationInterval()))
        : Optional.empty();
  }
}
