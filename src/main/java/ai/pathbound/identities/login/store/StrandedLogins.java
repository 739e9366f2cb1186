package ai.pathbound.identities.login.store;

import static ai.pathbound.identities.login.store.Columns.seconds;

import ai.pathbound.identities.database.Transactions;
import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.login.LoginSettings;
import ai.pathbound.identities.login.session.LoginSnapshot;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/** Finds logins whose worker is gone, and logins whose time is over; on any replica, no leader. */
@ApplicationScoped
public class StrandedLogins {
  private static final int BATCH = 100;

  // A browser that was opened but never typed into is not gone on with: a new one is opened. Not so
  // with a stored session, which LinkedIn may have renewed in that browser.
  private static final String RESCUE =
      """
      with stranded as (
        select tenant_id, id, identity_id, browser_sealed,
          status = 'running' and credentials_sent_at is null
            and verification_expires_at is null
            and coalesce(username_sealed, session_cookie_sealed) is not null as starts_anew
        from login_session
        where lease_until < now()
        order by lease_until
        limit $1
        for update skip locked
      ), noted as (
      """
          + AbandonedBrowsers.note("stranded", "now()")
          + """
           and starts_anew
      )
      update login_session s set
        due_at = now(), worker = null, lease_until = null, epoch = s.epoch + 1,
        browser_sealed = case when stranded.starts_anew then null else s.browser_sealed end
      from stranded
      where s.tenant_id = stranded.tenant_id and s.id = stranded.id
      """;
  // A look under way may still find the confirmation that came in time.
  private static final String OVERDUE =
      """
      select *, date_trunc('milliseconds', now()) as now from login_session
      where deadline_at <= now() and (worker is null or status = 'running')
      order by deadline_at
      limit $1
      for update skip locked
      """;

  private static final String PRUNE =
      """
      delete from login_session where (tenant_id, id) in (
        select tenant_id, id from login_session where finished_at < now() - make_interval(secs => $1)
        order by finished_at limit $2 for update skip locked)
      """;

  private final Pool pool;
  private final LoginSettings settings;
  private final Transactions transactions;
  private final LoginStateWriter record;

  StrandedLogins(
      Pool pool, LoginSettings settings, Transactions transactions, LoginStateWriter record) {
    this.pool = pool;
    this.settings = settings;
    this.transactions = transactions;
    this.record = record;
  }

  /** Releases logins whose lease is over, for other workers to go on with; returns how many. */
  public Uni<Integer> rescue() {
    return pool.preparedQuery(RESCUE).execute(Tuple.of(BATCH)).map(rows -> rows.rowCount());
  }

  /** Deletes a batch of logins that ended longer ago than they are kept. */
  public Uni<Void> prune() {
    return pool.preparedQuery(PRUNE)
        .execute(Tuple.of(seconds(settings.keep()), BATCH * 10))
        .replaceWithVoid();
  }

  /** Fails the logins whose time is over; returns how many. */
  public Uni<Integer> expire() {
    return transactions.run(
        tx ->
            tx.connection()
                .preparedQuery(OVERDUE)
                .execute(Tuple.of(BATCH))
                .flatMap(
                    rows ->
                        Multi.createFrom()
                            .iterable(rows)
                            .onItem()
                            .transformToUniAndConcatenate(row -> expire(tx, row))
                            .collect()
                            .last()
                            .replaceWith(rows.size())));
  }

  private Uni<Optional<LoginSnapshot>> expire(Transaction tx, Row row) {
    LoginSnapshot before = Columns.state(row);
    long epoch = row.getLong("epoch");
    Instant now = Columns.now(row);
    return before
        .restore()
        .underWay()
        .map(login -> record.write(tx, StateChange.of(before, epoch, login.expire(now), now)))
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
  }
}
