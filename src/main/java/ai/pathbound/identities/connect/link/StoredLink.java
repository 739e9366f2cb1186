package ai.pathbound.identities.connect.link;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.LinkId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.session.Country;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.tenant.TenantId;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * A link as it stands.
 *
 * @param version grows with every change
 * @param now when it was read, by the database's clock
 */
public record StoredLink(
    LinkSnapshot snapshot, LinkOptions options, long version, Instant updatedAt, Instant now) {

  /** Its state. */
  public ConnectLink state() {
    return snapshot.restore();
  }

  /**
   * As it is by its time, whether or not that was written already: one that waits for its holder
   * has expired once it is over. A login under way is waited for, since it may still complete it.
   */
  StoredLink asOfItsTime() {
    return state()
        .usable()
        .filter(usable -> status() != LinkStatus.SUBMITTED && facts().isOver(now))
        .map(UsableLink::expire)
        .map(expired -> new StoredLink(LinkSnapshot.of(expired), options, version, updatedAt, now))
        .orElse(this);
  }

  /** What does not change. */
  public LinkFacts facts() {
    return snapshot.facts();
  }

  /** The word for its state. */
  public LinkStatus status() {
    return snapshot.status();
  }

  /** The login of the last submission. */
  public Optional<SessionId> login() {
    return snapshot.progress().login();
  }

  /** Why it failed, or what led back to the form. */
  public Optional<FailureReason> failure() {
    return snapshot.failure();
  }

  /** When the holder consented. */
  public Optional<Instant> openedAt() {
    return snapshot.progress().browser().map(BoundBrowser::since);
  }

  /** The HMAC of the cookie of the browser that it is bound to. */
  Optional<String> browserMac() {
    return snapshot.progress().browser().map(BoundBrowser::mac);
  }

  /** Of a row that also says what time it is. */
  static StoredLink of(Row row) {
    return new StoredLink(
        new LinkSnapshot(
            new LinkFacts(
                new TenantId(row.getString("tenant_id")),
                new LinkId(row.getUUID("id")),
                new IdentityId(row.getUUID("identity_id")),
                time(row, "created_at"),
                time(row, "expires_at")),
            LinkStatus.ofWireName(row.getString("status")),
            new LinkProgress(
                Optional.ofNullable(row.getString("browser_mac"))
                    .map(mac -> new BoundBrowser(mac, time(row, "opened_at"))),
                row.getInteger("submissions"),
                Optional.ofNullable(row.getUUID("session_id")).map(SessionId::new)),
            Optional.ofNullable(row.getString("failure")).map(FailureReason::ofWireName)),
        new LinkOptions(
            Optional.ofNullable(row.getString("redirect_url")),
            Optional.ofNullable(row.getString("state")),
            Optional.ofNullable(row.getString("country")).map(Country::new),
            Optional.ofNullable(row.getString("locale")).flatMap(PageLanguage::ofTag)),
        row.getLong("version"),
        time(row, "updated_at"),
        time(row, "now"));
  }

  private static Instant time(Row row, String column) {
    OffsetDateTime time = row.getOffsetDateTime(column);
    return time.toInstant();
  }
}
