package ai.pathbound.identities.login.store;

import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;

/**
 * A login whose row is locked until the transaction ends.
 *
 * @param now when it was locked, by the database's clock
 */
record LockedLogin(LoginSnapshot state, long epoch, Instant now) {
  // The time is told once the row is locked.
  private static final String LOCK =
      """
      select found.*, date_trunc('milliseconds', clock_timestamp()) as now from (
        select * from login_session where tenant_id = $1 and identity_id = $2 and id = $3
        for update
      ) found
      """;

  /** Locks it; refuses with {@code not_found} where that identity has no such login. */
  static Uni<LockedLogin> take(
      Transaction tx, TenantId tenant, IdentityId identity, SessionId session) {
    return tx.connection()
        .preparedQuery(LOCK)
        .execute(Tuple.of(tenant.value(), identity.uuid(), session.uuid()))
        .map(Columns::required)
        .map(row -> new LockedLogin(Columns.state(row), row.getLong("epoch"), Columns.now(row)));
  }
}
