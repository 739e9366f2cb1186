package ai.pathbound.identities.login.store;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.session.LoginStatus;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The logins of an identity, newest first, for as long as they are kept. */
@ApplicationScoped
public class LoginHistory {
  private static final UUID NEWEST = new UUID(-1, -1);

  // By id, whose first part is a time: a page begins behind a login that may be kept no more.
  private static final String PAGE = LoginStore.SHOWN + " and id < $3 order by id desc limit $4";
  private static final String PAGE_OF_STATUS =
      LoginStore.SHOWN + " and id < $3 and status = $5 order by id desc limit $4";

  private final Pool pool;

  LoginHistory(Pool pool) {
    this.pool = pool;
  }

  /**
   * A page of an identity's logins; of one that the tenant does not have, none.
   *
   * @param status only those of that status; empty: all
   * @param after only those that are older; empty: from the newest on
   * @param limit the most
   */
  public Uni<List<LoginSnapshot>> page(
      TenantId tenant,
      IdentityId identity,
      Optional<LoginStatus> status,
      Optional<SessionId> after,
      int limit) {
    Tuple values =
        Tuple.of(tenant.value(), identity.uuid(), after.map(SessionId::uuid).orElse(NEWEST), limit);
    status.ifPresent(only -> values.addValue(only.wireName()));
    return pool.preparedQuery(status.isPresent() ? PAGE_OF_STATUS : PAGE)
        .execute(values)
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(Columns::state).toList());
  }
}
