package ai.pathbound.identities.connect.link;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.LinkId;
import ai.pathbound.identities.tenant.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Links as a database would hold them, where there is none. */
public final class StoredLinks {
  private StoredLinks() {}

  /** One that nobody has consented to. */
  public static StoredLink pending(LinkId link, Instant now, Instant expiresAt) {
    LinkFacts facts =
        new LinkFacts(new TenantId("tenant"), link, new IdentityId(new UUID(7, 7)), now, expiresAt);
    return new StoredLink(
        LinkSnapshot.of(Pending.create(facts)),
        new LinkOptions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
        1,
        now,
        now);
  }
}
