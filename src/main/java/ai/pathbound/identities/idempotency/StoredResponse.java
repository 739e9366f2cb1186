package ai.pathbound.identities.idempotency;

import ai.pathbound.identities.problem.RefusalException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.UUID;

/**
 * What a call is answered with.
 *
 * @param location the Location header, or null
 * @param body what is answered
 * @param sealedRow where it holds a secret: the id of the row that it is sealed for where it is
 *     kept
 * @param refused the refusal to answer instead; what led to it stays committed, and the key is free
 *     again
 */
public record StoredResponse(
    int status,
    String location,
    String body,
    Optional<UUID> sealedRow,
    Optional<RefusalException> refused) {

  /** A success. */
  public static StoredResponse of(int status, String location, String body) {
    return new StoredResponse(status, location, body, Optional.empty(), Optional.empty());
  }

  /** A success with {@code body}, a record, written as JSON. */
  public static StoredResponse of(int status, String location, Object body, ObjectMapper json) {
    try {
      return of(status, location, json.writeValueAsString(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of texts and times is always JSON", e);
    }
  }

  /** The same, which is kept sealed, since it holds a secret of the row of that id. */
  public StoredResponse sealedFor(UUID row) {
    return new StoredResponse(status, location, body, Optional.of(row), refused);
  }

  /** A refusal after work that must be kept. */
  public static StoredResponse refused(RefusalException refusal) {
    return new StoredResponse(0, null, null, Optional.empty(), Optional.of(refusal));
  }

  /** The same answer; throws the refusal, if it is one. */
  public StoredResponse orThrow() {
    refused.ifPresent(
        refusal -> {
          throw refusal;
        });
    return this;
  }

  /** Without the body, which may hold a secret. */
  @Override
  public String toString() {
    return "StoredResponse[" + status + "]";
  }
}
