package ai.pathbound.identities.audit;

import ai.pathbound.identities.json.Pagination;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A page of the audit trail.
 *
 * @param status {@code success}
 * @param events oldest first
 * @param pagination where to go on
 */
@RegisterForReflection
@Schema(name = "AuditAnswer")
record AuditResponse(
    @Schema(required = true, examples = "success") String status,
    @Schema(required = true) List<AuditResponse.Event> events,
    @Schema(required = true) Pagination pagination) {
  /** The actor where it is the service itself. */
  static final String SYSTEM = "system";

  /**
   * One event.
   *
   * @param eventId its id
   * @param at when
   * @param actorType {@code client} or {@code service}
   * @param actor the token's {@code sub}, or {@code system}
   * @param action what was done
   * @param identityId to which identity
   * @param sessionId to which of its logins; null where it was none
   * @param clientAddress from where; null for the service itself
   * @param outcome {@code success}, or the {@code error_code} of the login that failed
   */
  @RegisterForReflection
  @Schema(name = "AuditEvent")
  record Event(
      @JsonProperty("event_id")
          @Schema(required = true, examples = "aud_01jv3ve1twetnar2zsd0c36jyb")
          String eventId,
      @Schema(required = true) Instant at,
      @JsonProperty("actor_type")
          @Schema(
              required = true,
              enumeration = {"client", "service"})
          String actorType,
      @Schema(required = true, description = "The token's sub; system for the service itself.")
          String actor,
      @Schema(
              required = true,
              enumeration = {
                "identity_created",
                "identity_updated",
                "identity_deleted",
                "login_started",
                "code_given",
                "login_ended",
                "disconnected"
              })
          String action,
      @JsonProperty("identity_id")
          @Schema(required = true, examples = "id_01jv3ve1twetnar2zsd0c36jyb")
          String identityId,
      @JsonProperty("session_id")
          @Schema(required = true, nullable = true, examples = "sess_01jv3ve1twetnar2zsd0c36jyb")
          String sessionId,
      @JsonProperty("client_address")
          @Schema(required = true, nullable = true, examples = "192.0.2.7")
          String clientAddress,
      @Schema(required = true, examples = "success") String outcome) {}

  /** A page of {@code limit}, where one more was looked for to know whether there is a next. */
  static AuditResponse page(List<Event> found, int limit) {
    List<Event> page = found.stream().limit(limit).toList();
    String next = found.size() > limit ? page.get(limit - 1).eventId() : null;
    return new AuditResponse("success", page, new Pagination(limit, next));
  }
}
