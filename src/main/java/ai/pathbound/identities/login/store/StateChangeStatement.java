package ai.pathbound.identities.login.store;

import static ai.pathbound.identities.login.store.Columns.column;
import static ai.pathbound.identities.login.store.Columns.texts;
import static ai.pathbound.identities.login.store.Columns.time;
import static ai.pathbound.identities.login.store.Columns.times;

import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.login.LoginSettings;
import ai.pathbound.identities.login.session.AwaitingConfirmation;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.session.LoginStatus;
import ai.pathbound.identities.login.session.SentTo;
import ai.pathbound.identities.login.store.StateChange.Written;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The one statement by which logins change their state, as many as change at the same time: what
 * PostgreSQL does for each statement, such as to read the constraints of the table, costs more than
 * what it does for each row. Requires the epoch that was read, so no write overwrites an unseen
 * change. A terminal state erases every secret of the row and leaves a note of the browser in the
 * same statement.
 *
 * <p>What shall be pressed waits until the worker that looks at the page just now is done with its
 * browser ({@link ClaimedLogins#letGo}), and no longer than that worker's lease: two would press
 * and lead away in one.
 */
final class StateChangeStatement {
  static final String CHANGE =
      """
      with before as materialized (
        select c.*, s.identity_id, s.browser_sealed
        from unnest($1::text[], $2::uuid[], $3::bigint[], $4::text[], $5::timestamptz[],
            $6::text[], $7::boolean[], $8::integer[], $9::timestamptz[], $10::text[],
            $11::timestamptz[], $12::timestamptz[], $13::timestamptz[], $14::text[], $15::text[],
            $16::text[], $17::text[], $18::boolean[], $19::integer[], $20::timestamptz[],
            $21::text[]) with ordinality
          as c (tenant_id, id, epoch, status, deadline_at, challenge, last_code_wrong, codes_used,
            verification_expires_at, failure, updated_at, finished_at, due_at, code, browser,
            sent_to, alternatives, can_resend, resends, code_sent_at, request, place)
        join login_session s
          on s.tenant_id = c.tenant_id and s.id = c.id and s.epoch = c.epoch
        for update of s
      ), noted as (
      """
          + AbandonedBrowsers.note("before", "updated_at")
          + """
               and finished_at is not null
          )
          update login_session s set
            status = c.status, deadline_at = c.deadline_at, challenge = c.challenge,
            last_code_wrong = c.last_code_wrong,
            codes_used = case when c.finished_at is null then c.codes_used else s.codes_used end,
            verification_expires_at = case when c.finished_at is null
              then c.verification_expires_at else s.verification_expires_at end,
            failure = c.failure, updated_at = c.updated_at, finished_at = c.finished_at,
            due_at = greatest(c.due_at, case when c.request is not null then s.lease_until end),
            sent_to = c.sent_to, alternatives = string_to_array(c.alternatives, ','),
            can_resend = c.can_resend,
            resends = case when c.finished_at is null then c.resends else s.resends end,
            code_sent_at = case when c.finished_at is null then c.code_sent_at else s.code_sent_at end,
            challenge_request = c.request,
            username_sealed = case when c.finished_at is null then s.username_sealed end,
            password_sealed = case when c.finished_at is null then s.password_sealed end,
            session_cookie_sealed = case when c.finished_at is null then s.session_cookie_sealed end,
            code_sealed = case when c.finished_at is null then c.code end,
            browser_sealed =
              case when c.finished_at is null then coalesce(c.browser, s.browser_sealed) end,
            worker = null, lease_until = null, epoch = s.epoch + 1
          from before c
          where s.tenant_id = c.tenant_id and s.id = c.id
          returning c.place::int, s.version, c.finished_at is not null and exists (
            select 1 from connect_link l
            where l.tenant_id = s.tenant_id and l.session_id = s.id and l.status = 'submitted'
          )
          """;

  /** The same, but for a row that another transaction is writing, which it leaves as it is. */
  static final String CHANGE_UNLESS_LOCKED =
      CHANGE.replace("for update of s", "for update of s skip locked");

  // SQL counts from 1.
  private static final int FIRST = 1;

  private final LoginSettings settings;

  StateChangeStatement(LoginSettings settings) {
    this.settings = settings;
  }

  /**
   * Writes the rows, each of another login; of each change what was written, empty where the row is
   * gone or is no longer at that epoch.
   *
   * @param sql {@link #CHANGE} or {@link #CHANGE_UNLESS_LOCKED}
   */
  Uni<List<Optional<Written>>> execute(Transaction tx, String sql, List<StateChange> changes) {
    List<LoginSnapshot> after = changes.stream().map(StateChange::after).toList();
    return tx.connection()
        .preparedQuery(sql)
        .execute(values(changes, after))
        .map(rows -> written(changes, after, rows));
  }

  private static List<Optional<Written>> written(
      List<StateChange> changes, List<LoginSnapshot> after, RowSet<Row> rows) {
    List<Optional<Written>> written =
        new ArrayList<>(Collections.nCopies(changes.size(), Optional.empty()));
    for (Row row : rows) {
      int place = row.getInteger(0) - FIRST;
      written.set(
          place,
          Optional.of(
              new Written(
                  changes.get(place).before(),
                  after.get(place),
                  row.getLong(1),
                  row.getBoolean(2))));
    }
    return written;
  }

  private Tuple values(List<StateChange> changes, List<LoginSnapshot> after) {
    return Tuple.tuple()
        .addValue(texts(changes, change -> change.before().facts().tenant().value()))
        .addValue(column(changes, UUID[]::new, change -> change.before().facts().session().uuid()))
        .addValue(column(changes, Long[]::new, StateChange::epoch))
        .addValue(texts(after, row -> row.status().wireName()))
        .addValue(times(after, row -> time(row.deadline())))
        .addValue(texts(after, row -> row.challenge().map(ChallengeKind::wireName).orElse(null)))
        .addValue(column(after, Boolean[]::new, LoginSnapshot::lastCodeWrong))
        .addValue(column(after, Integer[]::new, row -> row.verification().codesUsed()))
        .addValue(times(after, row -> time(row.verification().expiresAt())))
        .addValue(texts(after, row -> row.failure().map(FailureReason::wireName).orElse(null)))
        .addValue(times(after, row -> time(row.updatedAt())))
        .addValue(times(changes, StateChangeStatement::finishedAt))
        .addValue(times(changes, change -> time(dueAt(change))))
        .addValue(texts(changes, StateChange::codeSealed))
        .addValue(texts(changes, StateChange::browserSealed))
        .addValue(texts(after, row -> row.options().sentTo().map(SentTo::text).orElse(null)))
        .addValue(texts(after, StateChangeStatement::alternatives))
        .addValue(column(after, Boolean[]::new, row -> row.options().canResend()))
        .addValue(column(after, Integer[]::new, row -> row.verification().resends()))
        .addValue(times(after, row -> time(row.verification().sentAt())))
        .addValue(
            texts(
                changes, change -> change.request() == null ? null : change.request().wireName()));
  }

  private static OffsetDateTime finishedAt(StateChange change) {
    return LoginStatus.of(change.next()).isTerminal() ? time(change.at()) : null;
  }

  private static String alternatives(LoginSnapshot row) {
    return row.options().alternatives().stream()
        .map(ChallengeKind::wireName)
        .collect(Collectors.joining(","));
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
