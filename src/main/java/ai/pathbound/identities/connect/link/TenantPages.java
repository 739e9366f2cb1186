package ai.pathbound.identities.connect.link;

import ai.pathbound.identities.audit.LinkTrail;
import ai.pathbound.identities.database.Transactions;
import ai.pathbound.identities.tenant.Caller;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Keeps how tenants appear on the page. */
@ApplicationScoped
public class TenantPages {
  private static final String FIND =
      """
      select display_name, redirect_urls, logo_url, accent_color, privacy_url
      from connect_settings where tenant_id = $1
      """;
  private static final String REPLACE =
      """
      insert into connect_settings
        (tenant_id, display_name, redirect_urls, logo_url, accent_color, privacy_url, updated_at)
      values ($1, $2, $3, $4, $5, $6, now())
      on conflict (tenant_id) do update set
        display_name = excluded.display_name, redirect_urls = excluded.redirect_urls,
        logo_url = excluded.logo_url, accent_color = excluded.accent_color,
        privacy_url = excluded.privacy_url, updated_at = excluded.updated_at
      """;

  private final Pool pool;
  private final Transactions transactions;
  private final LinkTrail trail;

  TenantPages(Pool pool, Transactions transactions, LinkTrail trail) {
    this.pool = pool;
    this.transactions = transactions;
    this.trail = trail;
  }

  /** How a tenant appears; empty where it never said. */
  public Uni<Optional<TenantPage>> find(TenantId tenant) {
    return find(pool, tenant);
  }

  /** The same inside a transaction. */
  public Uni<Optional<TenantPage>> find(SqlClient client, TenantId tenant) {
    return client
        .preparedQuery(FIND)
        .execute(Tuple.of(tenant.value()))
        .map(rows -> rows.size() == 0 ? Optional.empty() : Optional.of(of(rows.iterator().next())));
  }

  /** Replaces how the caller's tenant appears; links that are there appear so, too. */
  public Uni<Void> replace(Caller caller, TenantPage page) {
    return transactions.run(
        tx ->
            tx.connection()
                .preparedQuery(REPLACE)
                .execute(
                    Tuple.tuple()
                        .addValue(caller.tenant().value())
                        .addValue(page.displayName())
                        .addValue(page.redirectUrls().toArray(String[]::new))
                        .addValue(page.logoUrl().orElse(null))
                        .addValue(page.accentColor().orElse(null))
                        .addValue(page.privacyUrl().orElse(null)))
                .chain(() -> trail.settingsUpdated(tx.statements(), caller)));
  }

  private static TenantPage of(Row row) {
    return new TenantPage(
        row.getString("display_name"),
        List.of(row.getArrayOfStrings("redirect_urls")),
        Optional.ofNullable(row.getString("logo_url")),
        Optional.ofNullable(row.getString("accent_color")),
        Optional.ofNullable(row.getString("privacy_url")));
  }
}
