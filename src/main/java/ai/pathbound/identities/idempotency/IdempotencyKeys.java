package ai.pathbound.identities.idempotency;

import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.secret.SealingKeys;
import ai.pathbound.identities.tenant.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code Idempotency-Key}. Of the body, which may hold a password, only a fingerprint goes
 * on: an HMAC-SHA-256 under a key derived from a sealing key.
 */
@ApplicationScoped
public class IdempotencyKeys {
  private static final int MAX_LENGTH = 255;
  private static final String PURPOSE = "idempotency-key fingerprint";

  private final SealingKeys keys;

  IdempotencyKeys(SealingKeys keys) {
    this.keys = keys;
  }

  /**
   * Reads the header; empty where it was not sent. Refuses with {@code invalid_request} where it is
   * not one of 1 to 255 characters.
   *
   * @param body the request's body, or null
   */
  public Optional<IdempotencyKey> of(
      Caller caller, String call, List<String> headers, byte[] body) {
    if (headers.isEmpty()) {
      return Optional.empty();
    }
    String header = headers.get(0);
    boolean storable = header.codePoints().noneMatch(Character::isISOControl);
    if (headers.size() > 1 || header.isBlank() || header.length() > MAX_LENGTH || !storable) {
      throw RefusalException.invalid(
          IdempotencyKey.HEADER, "must be one key of 1 to " + MAX_LENGTH + " characters");
    }
    byte[] content = body == null ? new byte[0] : body;
    List<String> fingerprints = keys.all().stream().map(key -> fingerprint(key, content)).toList();
    return Optional.of(new IdempotencyKey(caller, call, header, fingerprints));
  }

  private static String fingerprint(SealingKeys.Key key, byte[] body) {
    return key.id()
        + ":"
        + Base64.getUrlEncoder().withoutPadding().encodeToString(key.hmac(PURPOSE, body));
  }
}
