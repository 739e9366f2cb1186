package ai.pathbound.identities.connect.link;

import ai.pathbound.identities.connect.ConnectSettings;
import ai.pathbound.identities.database.Transactions;
import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.LinkId;
import ai.pathbound.identities.login.store.LoginCancellation;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.tenant.Caller;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Ends links from outside: revoked by their tenant, or expired. A login that one was submitted to
 * is cancelled with it.
 */
@ApplicationScoped
public class LinkEndings {
  private static final int BATCH = 100;
  private static final String OVERDUE =
      """
      select tenant_id, identity_id, id from connect_link
      where finished_at is null and expires_at <= now()
      order by expires_at limit $1
      """;
  private static final String PRUNE =
      """
      delete from connect_link where (tenant_id, id) in (
        select tenant_id, id from connect_link where finished_at < now() - make_interval(secs => $1)
        order by finished_at limit $2 for update skip locked)
      """;

  private final Pool pool;
  private final Transactions transactions;
  private final LoginCancellation logins;
  private final LinkRecord record;
  private final ConnectSettings settings;

  LinkEndings(
      Pool pool,
      Transactions transactions,
      LoginCancellation logins,
      LinkRecord record,
      ConnectSettings settings) {
    this.pool = pool;
    this.transactions = transactions;
    this.logins = logins;
    this.record = record;
    this.settings = settings;
  }

  /**
   * Takes a link back; one that was is left as it is. Refuses with {@code not_found}, or with
   * {@code link_ended} where it ended otherwise.
   */
  public Uni<StoredLink> revoke(Caller caller, IdentityId identity, LinkId link) {
    return transactions.run(
        tx ->
            logins
                .lock(tx, caller.tenant(), identity)
                .flatMap(
                    login ->
                        LinkRows.lock(tx.connection(), caller.tenant(), identity, link)
                            .flatMap(found -> revoke(tx, found, login, caller))));
  }

  private Uni<StoredLink> revoke(
      Transaction tx,
      StoredLink link,
      Optional<LoginCancellation.Cancellable> login,
      Caller caller) {
    if (link.status() == LinkStatus.REVOKED) {
      return Uni.createFrom().item(link);
    }
    UsableLink usable =
        link.state()
            .usable()
            .orElseThrow(
                () ->
                    RefusalException.of(
                        RefusalException.Kind.CONFLICT,
                        "link_ended",
                        "This connect link has ended as "
                            + link.status().wireName()
                            + "; there is nothing to revoke."));
    return end(tx, link, usable.revoke(), login, Optional.of(caller));
  }

  /**
   * Expires a batch of links whose time is over; returns how many there were. One that cannot be
   * expired holds up no other; the failures of a batch are one failure then.
   */
  Uni<Integer> expire() {
    return pool.preparedQuery(OVERDUE)
        .execute(Tuple.of(BATCH))
        .flatMap(
            rows ->
                Multi.createFrom()
                    .iterable(rows)
                    .onItem()
                    .transformToUni(this::expire)
                    .collectFailures()
                    .concatenate()
                    .collect()
                    .last()
                    .replaceWith(rows.size()));
  }

  private Uni<Void> expire(Row row) {
    TenantId tenant = new TenantId(row.getString("tenant_id"));
    IdentityId identity = new IdentityId(row.getUUID("identity_id"));
    LinkId link = new LinkId(row.getUUID("id"));
    return transactions
        .run(
            tx ->
                logins
                    .lock(tx, tenant, identity)
                    .flatMap(
                        login ->
                            LinkRows.lock(tx.connection(), tenant, identity, link)
                                .flatMap(found -> expire(tx, found, login))))
        // Gone with its identity meanwhile.
        .onFailure(RefusalException.class)
        .recoverWithNull()
        .replaceWithVoid();
  }

  /** Another replica, or the login, may have been faster. */
  private Uni<StoredLink> expire(
      Transaction tx, StoredLink link, Optional<LoginCancellation.Cancellable> login) {
    return link.state()
        .usable()
        .filter(usable -> link.facts().isOver(link.now()))
        .map(usable -> end(tx, link, usable.expire(), login, Optional.empty()))
        .orElseGet(() -> Uni.createFrom().item(link));
  }

  /** Writes the link's end before its login's, so that it does not follow that. */
  private Uni<StoredLink> end(
      Transaction tx,
      StoredLink link,
      EndedLink ended,
      Optional<LoginCancellation.Cancellable> login,
      Optional<Caller> by) {
    return record
        .write(tx, link, ended, by)
        .call(
            written ->
                login
                    .filter(
                        underWay ->
                            link.status() == LinkStatus.SUBMITTED
                                && link.login().equals(Optional.of(underWay.session())))
                    .map(LoginCancellation.Cancellable::cancel)
                    .orElseGet(Uni.createFrom()::voidItem));
  }

  /** Deletes a batch of links that ended longer ago than they are kept. */
  Uni<Void> prune() {
    return pool.preparedQuery(PRUNE)
        .execute(Tuple.of((double) settings.keep().toSeconds(), BATCH * 10))
        .replaceWithVoid();
  }
}
