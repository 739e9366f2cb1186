package ai.pathbound.identities.webhook.store;

import ai.pathbound.identities.audit.Action;
import ai.pathbound.identities.audit.AuditTrail;
import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.id.EndpointId;
import ai.pathbound.identities.tenant.TenantId;
import ai.pathbound.identities.webhook.Event;
import ai.pathbound.identities.webhook.EventType;
import ai.pathbound.identities.webhook.store.Endpoint.DisabledReason;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** Switches an endpoint off that asked for it, or that does nothing but fail. */
@ApplicationScoped
class EndpointSwitchOff {
  /**
   * Longer than what is between two attempts of one message (24 h and a fifth). After so long
   * without an attempt there was nothing to send, which is no failure: the time in which an
   * endpoint does nothing but fail begins anew with the next one.
   */
  private static final Duration SILENCE = Duration.ofHours(30);

  // Of the attempts that are kept: those that are not any more can only make the time shorter.
  private static final String FAILING_WITHOUT_SILENCE =
      """
      update webhook_endpoint w set failing_since = stretch.begun
      from (
        select max(at) as begun
        from (
          select at, lag(at) over (order by at) as before
          from (
            select (attempt ->> 'at')::timestamptz as at
            from webhook_delivery d cross join lateral jsonb_array_elements(d.attempts) attempt
            where d.tenant_id = $1 and d.endpoint_id = $2 and d.status <> 'delivered'
          ) kept
        ) step
        where before is null or before < at - make_interval(secs => $3)
      ) stretch
      where w.tenant_id = $1 and w.id = $2 and w.failing_since < stretch.begun
      """;
  private static final String SWITCH_OFF =
      """
      update webhook_endpoint set
        enabled = false, disabled_reason = $3, updated_at = $4
      where tenant_id = $1 and id = $2 and enabled
        and ($5::timestamptz is null or failing_since <= $5::timestamptz)
      """;

  private final Clock clock;
  private final AuditTrail audit;
  private final Outbox outbox;

  EndpointSwitchOff(Clock clock, AuditTrail audit, Outbox outbox) {
    this.clock = clock;
    this.audit = audit;
    this.outbox = outbox;
  }

  /**
   * Switches it off and tells the tenant's other endpoints; what waits for it is let go after the
   * commit.
   *
   * @param held the message whose attempt was the last straw; it is settled already
   * @param failingSince only where it does nothing but fail at least since then
   */
  Uni<Void> run(
      Transaction tx, ClaimedDelivery held, DisabledReason reason, Optional<Instant> failingSince) {
    Tuple silence =
        Tuple.of(held.tenant().value(), held.endpoint().uuid(), (double) SILENCE.toSeconds());
    return (failingSince.isEmpty()
            ? Uni.createFrom().voidItem()
            : tx.connection().preparedQuery(FAILING_WITHOUT_SILENCE).execute(silence))
        .chain(() -> switchOff(tx, held, reason, failingSince));
  }

  private Uni<Void> switchOff(
      Transaction tx, ClaimedDelivery held, DisabledReason reason, Optional<Instant> failingSince) {
    TenantId tenant = held.tenant();
    EndpointId endpoint = held.endpoint();
    Instant now = clock.instant();
    return tx.connection()
        .preparedQuery(SWITCH_OFF)
        .execute(
            Tuple.of(
                tenant.value(),
                endpoint.uuid(),
                reason.wireName(),
                now.atOffset(ZoneOffset.UTC),
                failingSince.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null)))
        .flatMap(
            rows ->
                rows.rowCount() == 0
                    ? Uni.createFrom().voidItem()
                    : audit
                        .writeOwn(tx.statements(), tenant, Action.ENDPOINT_DISABLED, endpoint)
                        .chain(
                            () ->
                                outbox.publishToOthers(
                                    tx.statements(),
                                    tenant,
                                    Event.of(EventType.ENDPOINT_DISABLED)
                                        .endpoint(endpoint)
                                        .status("disabled")
                                        .error(reason.wireName()),
                                    endpoint)));
  }
}
