package ai.pathbound.identities.login.store;

import static ai.pathbound.identities.login.store.Columns.seconds;

import ai.pathbound.identities.login.LoginSettings;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.UUID;

/**
 * How long a worker holds what it claimed, by the database's clock: it shows that it lives, or
 * gives it back.
 */
@ApplicationScoped
public class Leases {
  // A row that another transaction is writing is left out, or it would hold up the others.
  private static final String RENEW =
      """
      with mine as (
        select s.tenant_id, s.id from login_session s
        join unnest($2::text[], $3::uuid[], $4::bigint[]) as held (tenant_id, id, epoch)
          using (tenant_id, id, epoch)
        where s.worker = $1 and s.lease_until is not null
        for update of s skip locked
      )
      update login_session s set lease_until = now() + make_interval(secs => $5) from mine
      where s.tenant_id = mine.tenant_id and s.id = mine.id
      """;
  private static final String GIVE_BACK =
      "update login_session set lease_until = '-infinity' where worker = $1"
          + " and lease_until between '-infinity' and 'infinity'";

  private final Pool pool;
  private final LoginSettings settings;

  Leases(Pool pool, LoginSettings settings) {
    this.pool = pool;
    this.settings = settings;
  }

  /**
   * Extends the leases of {@code held}, not those of every row that bears the worker's name: this
   * replica does not know of a claim whose answer was lost, and the lease of that claim must end.
   */
  public Uni<Void> renew(String worker, Collection<Claim> held) {
    return pool.preparedQuery(RENEW)
        .execute(
            Tuple.of(
                worker,
                Columns.texts(held, c -> c.state().facts().tenant().value()),
                Columns.column(held, UUID[]::new, c -> c.state().facts().session().uuid()),
                Columns.column(held, Long[]::new, Claim::epoch),
                seconds(settings.worker().lease())))
        .replaceWithVoid();
  }

  /** Ends every lease of {@code worker}, so that its logins can be rescued at once; how many. */
  public Uni<Integer> giveBack(String worker) {
    return pool.preparedQuery(GIVE_BACK).execute(Tuple.of(worker)).map(rows -> rows.rowCount());
  }
}
