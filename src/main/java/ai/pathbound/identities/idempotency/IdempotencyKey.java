package ai.pathbound.identities.idempotency;

import ai.pathbound.identities.problem.Refusal;
import ai.pathbound.identities.tenant.Caller;
import java.util.List;
import java.util.Optional;

/**
 * One key of one caller for one call, and the body it came with.
 *
 * @param caller who sent it
 * @param call the method and path
 * @param key the header's text
 * @param body the request's body
 */
public record IdempotencyKey(Caller caller, String call, String key, byte[] body) {
  /** The header. */
  public static final String HEADER = "Idempotency-Key";

  private static final int MAX_LENGTH = 255;

  /**
   * Reads the header; empty where it was not sent. Refuses with {@code invalid_request} where it is
   * not one of 1 to 255 characters.
   */
  public static Optional<IdempotencyKey> of(
      Caller caller, String call, List<String> headers, byte[] body) {
    if (headers.isEmpty()) {
      return Optional.empty();
    }
    String header = headers.get(0);
    boolean storable = header.codePoints().noneMatch(Character::isISOControl);
    if (headers.size() > 1 || header.isBlank() || header.length() > MAX_LENGTH || !storable) {
      throw Refusal.invalid(HEADER, "must be one key of 1 to " + MAX_LENGTH + " characters");
    }
    return Optional.of(new IdempotencyKey(caller, call, header, body == null ? new byte[0] : body));
  }
}
