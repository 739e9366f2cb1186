package ai.pathbound.identities.connect.link;

import ai.pathbound.identities.audit.Action;
import ai.pathbound.identities.audit.AuditTrail;
import ai.pathbound.identities.audit.LinkTrail;
import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.id.ProfileId;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.tenant.Caller;
import ai.pathbound.identities.webhook.Event;
import ai.pathbound.identities.webhook.EventType;
import ai.pathbound.identities.webhook.Events;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The one statement by which a link changes its state. It requires the version that was read, and
 * what tells of the change (trail, webhooks) is written in its transaction.
 */
@ApplicationScoped
class LinkRecord {
  private static final Logger LOG = Logger.getLogger(LinkRecord.class);
  private static final String CHANGE =
      """
      update connect_link set
        status = $4, browser_mac = $5, opened_at = $6, submissions = $7, session_id = $8,
        failure = $9, updated_at = $10::timestamptz,
        finished_at = case when $11::boolean then $10::timestamptz end,
        version = version + 1
      where tenant_id = $1 and id = $2 and version = $3
      returning *,
        (select login.profile_id from login_session login
          where login.tenant_id = connect_link.tenant_id and login.id = connect_link.session_id)
          as profile_id,
      """
          + LinkRows.NOW;

  private final LinkTrail trail;
  private final Events events;
  private final MeterRegistry metrics;

  LinkRecord(LinkTrail trail, Events events, MeterRegistry metrics) {
    this.trail = trail;
    this.events = events;
    this.metrics = metrics;
    for (LinkStatus to : LinkStatus.values()) {
      metrics.counter("identities.connect.transitions", "to", to.wireName());
    }
  }

  /**
   * Writes what became of a locked row.
   *
   * @param by who did it; empty: the service itself
   */
  Uni<StoredLink> write(Transaction tx, StoredLink before, ConnectLink next, Optional<Caller> by) {
    LinkSnapshot after = LinkSnapshot.of(next);
    LinkProgress progress = after.progress();
    return tx.connection()
        .preparedQuery(CHANGE)
        .execute(
            Tuple.tuple()
                .addValue(after.facts().tenant().value())
                .addValue(after.facts().link().uuid())
                .addValue(before.version())
                .addValue(after.status().wireName())
                .addValue(progress.browser().map(BoundBrowser::mac).orElse(null))
                .addValue(
                    progress
                        .browser()
                        .map(browser -> browser.since().atOffset(ZoneOffset.UTC))
                        .orElse(null))
                .addValue(progress.submissions())
                .addValue(progress.login().map(id -> id.uuid()).orElse(null))
                .addValue(after.failure().map(FailureReason::wireName).orElse(null))
                .addValue(before.now().atOffset(ZoneOffset.UTC))
                .addValue(after.status().isTerminal()))
        .map(Written::of)
        .map(
            written ->
                written.orElseThrow(
                    () -> new IllegalStateException("a locked link has changed: " + after)))
        .call(written -> tell(tx, before.status(), written, by))
        .map(Written::link)
        .invoke(written -> announce(tx, Optional.of(before.status()), written));
  }

  /** A row that was written, with the profile of its login where it has one. */
  private record Written(StoredLink link, Optional<ProfileId> profile) {
    static Optional<Written> of(RowSet<Row> rows) {
      return LinkRows.first(rows)
          .map(
              link ->
                  new Written(
                      link,
                      Optional.ofNullable(rows.iterator().next().getUUID("profile_id"))
                          .map(ProfileId::new)));
    }
  }

  /** Logs and counts it once it is committed. */
  void announce(Transaction tx, Optional<LinkStatus> from, StoredLink link) {
    tx.afterCommit()
        .add(
            () -> {
              String to = link.status().wireName();
              metrics.counter("identities.connect.transitions", "to", to).increment();
              LOG.infof(
                  "connect link %s of tenant %s: %s -> %s (%s)",
                  link.facts().link(),
                  link.facts().tenant(),
                  from.map(LinkStatus::wireName).orElse("none"),
                  to,
                  link.failure().map(FailureReason::wireName).orElse("none"));
            });
  }

  private Uni<Void> tell(Transaction tx, LinkStatus before, Written written, Optional<Caller> by) {
    StoredLink link = written.link();
    return action(before, link.status())
        .map(
            action ->
                trail.write(
                    tx.statements(),
                    LinkTrail.entry(
                        link.facts().tenant(),
                        by,
                        action,
                        link.facts().identity(),
                        link.facts().link(),
                        link.failure().map(FailureReason::wireName).orElse(AuditTrail.SUCCESS))))
        .orElseGet(Uni.createFrom()::voidItem)
        .chain(
            () ->
                type(before, link.status())
                    .map(
                        type ->
                            events.publish(
                                tx.statements(), link.facts().tenant(), event(type, written)))
                    .orElseGet(Uni.createFrom()::voidItem));
  }

  /** A refused password is in the trail already, as the end of its login. */
  private static Optional<Action> action(LinkStatus before, LinkStatus after) {
    return switch (after) {
      case PENDING -> Optional.empty();
      case OPENED ->
          before == LinkStatus.PENDING ? Optional.of(Action.LINK_OPENED) : Optional.empty();
      case SUBMITTED -> Optional.of(Action.LINK_SUBMITTED);
      case COMPLETED -> Optional.of(Action.LINK_COMPLETED);
      case FAILED -> Optional.of(Action.LINK_FAILED);
      case EXPIRED -> Optional.of(Action.LINK_EXPIRED);
      case REVOKED -> Optional.of(Action.LINK_REVOKED);
    };
  }

  private static Optional<EventType> type(LinkStatus before, LinkStatus after) {
    return switch (after) {
      case OPENED ->
          before == LinkStatus.PENDING
              ? Optional.of(EventType.CONNECT_LINK_OPENED)
              : Optional.empty();
      case COMPLETED -> Optional.of(EventType.CONNECT_LINK_COMPLETED);
      case EXPIRED -> Optional.of(EventType.CONNECT_LINK_EXPIRED);
      case PENDING, SUBMITTED, FAILED, REVOKED -> Optional.empty();
    };
  }

  private static Event event(EventType type, Written written) {
    StoredLink link = written.link();
    Event event =
        Event.of(type)
            .identity(link.facts().identity())
            .link(link.facts().link().toString())
            .status(link.status().wireName());
    if (link.login().isPresent()) {
      event = event.session(link.login().get());
    }
    if (written.profile().isPresent()) {
      event = event.profile(written.profile().get());
    }
    return event.sequence(link.version());
  }
}
