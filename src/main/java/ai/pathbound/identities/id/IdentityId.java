package ai.pathbound.identities.id;

import java.util.Optional;
import java.util.UUID;

/**
 * Names an identity: a sender of a tenant's outreach.
 *
 * @param uuid the id as the database keeps it, a UUIDv7 (RFC 9562)
 */
public record IdentityId(UUID uuid) {
  private static final String PREFIX = "id";

  /** Reads the API's form; empty for any text that is not the one TypeID of such an id. */
  public static Optional<IdentityId> parse(String text) {
    return TypeId.parse(PREFIX, text).map(IdentityId::new);
  }

  /** The API's form, {@code id_} and 26 characters. */
  @Override
  public String toString() {
    return TypeId.format(PREFIX, uuid);
  }
}
