package ai.pathbound.identities.audit;

import ai.pathbound.identities.json.Paged;
import ai.pathbound.identities.json.Pagination;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;

/**
 * A page of the audit trail.
 *
 * @param events oldest first
 */
@RegisterForReflection
record AuditResponse(String status, List<AuditResponse.Event> events, Pagination pagination)
    implements Paged {
  /** The actor where it is the service itself. */
  static final String SYSTEM = "system";

  /**
   * One event.
   *
   * @param actorType {@code client}, {@code holder} or {@code service}
   * @param actor the token's {@code sub}, a holder's link, or {@code system}
   * @param action what was done
   * @param identityId to which identity; null where it was none
   * @param sessionId to which of its logins; null where it was none
   * @param endpointId to which webhook endpoint; null where it was none
   * @param linkId to which connect link, or by whose holder; null where it was none
   * @param textSha256 of the text that a holder consented to; else null
   * @param textVersion of the text that a holder consented to; else null
   * @param clientAddress from where; null for the service itself
   * @param outcome {@code success}, or the {@code error_code} of the login that failed
   */
  @RegisterForReflection
  record Event(
      @JsonProperty("event_id") String eventId,
      Instant at,
      @JsonProperty("actor_type") String actorType,
      String actor,
      String action,
      @JsonProperty("identity_id") String identityId,
      @JsonProperty("session_id") String sessionId,
      @JsonProperty("endpoint_id") String endpointId,
      @JsonProperty("link_id") String linkId,
      @JsonProperty("text_sha256") String textSha256,
      @JsonProperty("text_version") String textVersion,
      @JsonProperty("client_address") String clientAddress,
      String outcome) {}

  /** A page of {@code limit} events; {@code found} holds one more if there is a next page. */
  static AuditResponse page(List<Event> found, int limit) {
    return new AuditResponse(
        "success",
        found.stream().limit(limit).toList(),
        Pagination.of(found, limit, Event::eventId));
  }
}
