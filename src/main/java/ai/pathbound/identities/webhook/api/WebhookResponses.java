package ai.pathbound.identities.webhook.api;

import ai.pathbound.identities.json.Paged;
import ai.pathbound.identities.json.Pagination;
import ai.pathbound.identities.webhook.store.Attempt;
import ai.pathbound.identities.webhook.store.Deliveries;
import ai.pathbound.identities.webhook.store.Endpoint;
import ai.pathbound.identities.webhook.store.Endpoints;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;

/** The bodies of the webhook calls' successes. */
final class WebhookResponses {
  private static final String SUCCESS = "success";

  private WebhookResponses() {}

  /** An endpoint as the API shows it; of its secrets nothing. */
  @RegisterForReflection
  record View(
      @JsonProperty("endpoint_id") String endpointId,
      String url,
      List<String> events,
      String description,
      boolean enabled,
      @JsonProperty("disabled_reason") String disabledReason,
      @JsonProperty("created_at") Instant createdAt,
      @JsonProperty("updated_at") Instant updatedAt) {
    static View of(Endpoint endpoint) {
      return new View(
          endpoint.id().toString(),
          endpoint.url(),
          endpoint.events().orElse(null),
          endpoint.description().orElse(null),
          endpoint.enabled(),
          endpoint.disabledReason().orElse(null),
          endpoint.createdAt(),
          endpoint.updatedAt());
    }
  }

  /** All endpoints of the tenant. */
  @RegisterForReflection
  record Many(String status, List<View> endpoints) {
    static Many of(List<Endpoint> endpoints) {
      return new Many(SUCCESS, endpoints.stream().map(View::of).toList());
    }
  }

  /** One endpoint. */
  @RegisterForReflection
  record One(String status, View endpoint) {
    static One of(Endpoint endpoint) {
      return new One(SUCCESS, View.of(endpoint));
    }
  }

  /** One endpoint and the secret that only this answer shows. */
  @RegisterForReflection
  record WithSecret(String status, View endpoint, String secret) {
    static WithSecret of(Endpoints.WithSecret made) {
      return new WithSecret(SUCCESS, View.of(made.endpoint()), made.secret().reveal());
    }

    @Override
    public String toString() {
      return "WithSecret[" + endpoint + "]";
    }
  }

  /** An endpoint is gone. */
  @RegisterForReflection
  record Deleted(String status, String message, @JsonProperty("endpoint_id") String endpointId) {
    static Deleted of(String endpointId) {
      return new Deleted(SUCCESS, "Webhook endpoint deleted", endpointId);
    }
  }

  /** A message for trying was written. */
  @RegisterForReflection
  record Tested(String status, @JsonProperty("message_id") String messageId) {
    static Tested of(String messageId) {
      return new Tested(SUCCESS, messageId);
    }
  }

  /** So many messages are sent again. */
  @RegisterForReflection
  record Recovered(String status, int messages) {
    static Recovered of(int messages) {
      return new Recovered(SUCCESS, messages);
    }
  }

  /** A message is sent again. */
  @RegisterForReflection
  record Resent(
      String status,
      @JsonProperty("message_id") String messageId,
      @JsonProperty("endpoint_ids") List<String> endpointIds) {
    static Resent of(String messageId, List<String> endpointIds) {
      return new Resent(SUCCESS, messageId, endpointIds);
    }
  }

  /** One try to send a message. */
  @RegisterForReflection
  record Tried(
      Instant at,
      @JsonProperty("response_status") Integer responseStatus,
      @JsonProperty("duration_ms") long durationMillis,
      String error) {
    static Tried of(Attempt attempt) {
      return new Tried(
          attempt.at(),
          attempt.responseStatus().orElse(null),
          attempt.duration().toMillis(),
          attempt.error().map(Attempt.Error::wireName).orElse(null));
    }
  }

  /** One message at one endpoint. */
  @RegisterForReflection
  record Delivery(
      @JsonProperty("message_id") String messageId,
      String type,
      String status,
      List<Tried> attempts,
      @JsonProperty("next_attempt_at") Instant nextAttemptAt) {
    static Delivery of(Deliveries.Delivery delivery) {
      return new Delivery(
          delivery.message().toString(),
          delivery.type(),
          delivery.status(),
          delivery.attempts().stream().map(Tried::of).toList(),
          delivery.nextAttemptAt().orElse(null));
    }
  }

  /** A page of what was sent to an endpoint, newest first. */
  @RegisterForReflection
  record DeliveryPage(String status, List<Delivery> deliveries, Pagination pagination)
      implements Paged {
    /** A page of {@code limit}, where one more was looked for to know whether there is a next. */
    static DeliveryPage of(List<Deliveries.Delivery> found, int limit) {
      List<Delivery> page = found.stream().limit(limit).map(Delivery::of).toList();
      String next = found.size() > limit ? page.get(limit - 1).messageId() : null;
      return new DeliveryPage(SUCCESS, page, new Pagination(limit, next));
    }
  }
}
