package ai.pathbound.identities.id;

import java.util.Optional;
import java.util.UUID;

/**
 * Names the LinkedIn profile of an identity; made by its first login and kept by every later one.
 *
 * @param uuid the id as the database keeps it, a UUIDv7 (RFC 9562)
 */
public record ProfileId(UUID uuid) {
  private static final String PREFIX = "li";

  /** Reads the API's form; empty for any text that is not the one TypeID of such an id. */
  public static Optional<ProfileId> parse(String text) {
    return TypeId.parse(PREFIX, text).map(ProfileId::new);
  }

  /** The API's form, {@code li_} and 26 characters. */
  @Override
  public String toString() {
    return TypeId.format(PREFIX, uuid);
  }
}
