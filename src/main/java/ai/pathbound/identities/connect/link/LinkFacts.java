package ai.pathbound.identities.connect.link;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.LinkId;
import ai.pathbound.identities.tenant.TenantId;
import java.time.Instant;

/**
 * What does not change during a link's life.
 *
 * @param expiresAt when it ends by itself, if it has not ended before
 */
public record LinkFacts(
    TenantId tenant, LinkId link, IdentityId identity, Instant createdAt, Instant expiresAt) {

  /** Whether its time is over. */
  public boolean isOver(Instant now) {
    return !now.isBefore(expiresAt);
  }
}
