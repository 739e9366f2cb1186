package ai.pathbound.identities.id;

import java.util.Optional;
import java.util.UUID;

/**
 * Names one connect link.
 *
 * @param uuid the id as the database keeps it, a UUIDv7 (RFC 9562)
 */
public record LinkId(UUID uuid) {
  private static final String PREFIX = "cl";

  /** Reads the API's form; empty for any text that is not the one TypeID of such an id. */
  public static Optional<LinkId> parse(String text) {
    return TypeId.parse(PREFIX, text).map(LinkId::new);
  }

  /** The API's form, {@code cl_} and 26 characters. */
  @Override
  public String toString() {
    return TypeId.format(PREFIX, uuid);
  }
}
