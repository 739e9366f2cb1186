package ai.pathbound.identities.webhook.store;

import ai.pathbound.identities.database.Statements;
import ai.pathbound.identities.id.EndpointId;
import ai.pathbound.identities.id.Ids;
import ai.pathbound.identities.id.MessageId;
import ai.pathbound.identities.tenant.TenantId;
import ai.pathbound.identities.webhook.Event;
import ai.pathbound.identities.webhook.Events;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Writes messages beside the change that they tell of. An endpoint that is switched off gets its
 * row too, as one that failed: a tenant that repairs its endpoint can have the message sent.
 */
@ApplicationScoped
public class Outbox implements Events {
  // Locked as the foreign key will lock them: who deletes an endpoint waits for this transaction,
  // or
  // has committed before and is not seen. Casts, since nothing else tells a plain query the types.
  private static final String WRITE =
      """
      with target as (
        select id, enabled from webhook_endpoint
        where tenant_id = $1 and deleted_at is null and %s
        for key share
      ), message as (
        insert into webhook_message (tenant_id, id, type, body, created_at)
        select $1, cast($2 as uuid), $3, $4, cast($5 as timestamptz)
        where exists (select 1 from target)
      )
      insert into webhook_delivery
        (tenant_id, endpoint_id, message_id, status, due_at, created_at, finished_at)
      select $1, id, cast($2 as uuid), case when enabled then 'pending' else 'failed' end,
        case when enabled then cast($5 as timestamptz) end, cast($5 as timestamptz),
        case when not enabled then cast($5 as timestamptz) end
      from target
      """;
  private static final String TO_ALL =
      WRITE.formatted("(events is null or $3 = any(events)) and id <> cast($6 as uuid)");
  private static final String TO_ONE = WRITE.formatted("id = cast($6 as uuid)");
  private static final String WHO_LISTENS =
      """
      select tenant_id from unnest($1::text[]) as publisher (tenant_id)
      where exists (
        select 1 from webhook_endpoint e
        where e.tenant_id = publisher.tenant_id and e.deleted_at is null)
      """;
  private static final EndpointId NO_ENDPOINT = new EndpointId(new UUID(0, 0));

  private final Ids ids;
  private final Clock clock;
  private final ObjectMapper json;
  private final OutboxSignal signal;

  Outbox(Ids ids, Clock clock, ObjectMapper json, OutboxSignal signal) {
    this.ids = ids;
    this.clock = clock;
    this.json = json;
    this.signal = signal;
  }

  @Override
  public Uni<Void> publish(Statements transaction, TenantId tenant, Event event) {
    return write(transaction, TO_ALL, tenant, event, NO_ENDPOINT).replaceWithVoid();
  }

  @Override
  public Uni<Void> publish(Statements transaction, List<Publication> publications) {
    if (publications.size() < 2) {
      return Events.super.publish(transaction, publications);
    }
    String[] tenants =
        publications.stream().map(one -> one.tenant().value()).distinct().toArray(String[]::new);
    return transaction
        .select(WHO_LISTENS, List.of((Object) tenants))
        .map(rows -> rows.stream().map(row -> (String) row[0]).collect(Collectors.toSet()))
        .chain(
            listening ->
                Events.super.publish(
                    transaction,
                    publications.stream()
                        .filter(one -> listening.contains(one.tenant().value()))
                        .toList()));
  }

  /** Tells all endpoints but that one, which the event is about. */
  public Uni<Void> publishToOthers(
      Statements transaction, TenantId tenant, Event event, EndpointId about) {
    return write(transaction, TO_ALL, tenant, event, about).replaceWithVoid();
  }

  /** Tells one endpoint, whatever its events; the message's id. */
  public Uni<MessageId> publishTo(
      Statements transaction, TenantId tenant, Event event, EndpointId endpoint) {
    return write(transaction, TO_ONE, tenant, event, endpoint);
  }

  private Uni<MessageId> write(
      Statements transaction, String sql, TenantId tenant, Event event, EndpointId endpoint) {
    Instant now = clock.instant();
    MessageId message = ids.message();
    return transaction
        .execute(
            sql,
            Arrays.asList(
                tenant.value(),
                message.uuid(),
                event.type().wireName(),
                body(event, now),
                now.atOffset(ZoneOffset.UTC),
                endpoint.uuid()))
        .invoke(
            written -> {
              if (written > 0) {
                signal.written();
              }
            })
        .replaceWith(message);
  }

  private String body(Event event, Instant at) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", event.type().wireName());
    body.put("timestamp", at);
    body.put("data", event.data());
    try {
      return json.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers are always JSON", e);
    }
  }
}
