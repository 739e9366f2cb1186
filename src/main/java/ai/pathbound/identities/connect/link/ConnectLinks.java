package ai.pathbound.identities.connect.link;

import ai.pathbound.identities.audit.Action;
import ai.pathbound.identities.audit.AuditTrail;
import ai.pathbound.identities.audit.LinkTrail;
import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.Ids;
import ai.pathbound.identities.id.LinkId;
import ai.pathbound.identities.login.session.Country;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.secret.Secret;
import ai.pathbound.identities.tenant.Caller;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** A tenant's connect links, as the API makes and reads them. */
@ApplicationScoped
public class ConnectLinks {
  // After every id of version 7.
  private static final UUID NEWEST = new UUID(-1L, -1L);

  // A link of an identity that is being deleted waits, and then finds nothing.
  private static final String INSERT =
      """
      insert into connect_link
        (tenant_id, id, identity_id, token_mac, status, redirect_url, state, country, locale,
         created_at, expires_at, updated_at)
      select tenant_id, $3, id, $4, 'pending', $5, $6, $7, $8, moment.now,
        moment.now + make_interval(secs => $9), moment.now
      from identity, (select date_trunc('milliseconds', now()) as now) moment
      where tenant_id = $1 and id = $2
      for key share of identity
      returning *,
      """
          + LinkRows.NOW;
  private static final String PAGE =
      LinkRows.SELECT
          + " where tenant_id = $1 and identity_id = $2 and id < $3 order by id desc limit $4";

  private final Pool pool;
  private final Ids ids;
  private final LinkTokens tokens;
  private final LinkTrail trail;
  private final LinkRecord record;

  ConnectLinks(Pool pool, Ids ids, LinkTokens tokens, LinkTrail trail, LinkRecord record) {
    this.pool = pool;
    this.ids = ids;
    this.tokens = tokens;
    this.trail = trail;
    this.record = record;
  }

  /** A new link and its token, which is kept nowhere. */
  public record Created(StoredLink link, Secret token) {}

  /** Makes a link; refuses with {@code not_found}. */
  public Uni<Created> create(
      Transaction tx, Caller caller, IdentityId identity, LinkOptions options, Duration expiresIn) {
    Secret token = tokens.make();
    return tx.connection()
        .preparedQuery(INSERT)
        .execute(
            Tuple.tuple()
                .addValue(caller.tenant().value())
                .addValue(identity.uuid())
                .addValue(ids.link().uuid())
                .addValue(tokens.ofToken(token))
                .addValue(options.redirectUrl().orElse(null))
                .addValue(options.state().orElse(null))
                .addValue(options.country().map(Country::code).orElse(null))
                .addValue(options.language().map(PageLanguage::tag).orElse(null))
                .addValue((double) expiresIn.toSeconds()))
        .map(rows -> LinkRows.first(rows).orElseThrow(RefusalException::notFound))
        .invoke(link -> record.announce(tx, Optional.empty(), link))
        .call(
            link ->
                trail.write(
                    tx.statements(),
                    LinkTrail.entry(
                        caller.tenant(),
                        Optional.of(caller),
                        Action.LINK_CREATED,
                        identity,
                        link.facts().link(),
                        AuditTrail.SUCCESS)))
        .map(link -> new Created(link, token));
  }

  /** One link; refuses with {@code not_found}. */
  public Uni<StoredLink> require(TenantId tenant, IdentityId identity, LinkId link) {
    return LinkRows.require(pool, tenant, identity, link);
  }

  /** At most {@code limit} links that are older than {@code after}, newest first. */
  public Uni<List<StoredLink>> page(
      TenantId tenant, IdentityId identity, Optional<LinkId> after, int limit) {
    return pool.preparedQuery(PAGE)
        .execute(
            Tuple.of(
                tenant.value(), identity.uuid(), after.map(LinkId::uuid).orElse(NEWEST), limit))
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(StoredLink::of).toList());
  }
}
