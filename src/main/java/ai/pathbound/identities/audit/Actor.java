package ai.pathbound.identities.audit;

import ai.pathbound.identities.tenant.Caller;
import ai.pathbound.identities.tenant.TenantId;
import java.util.Optional;

/**
 * Who acts.
 *
 * @param tenant for which tenant
 * @param subject the token's {@code sub}; empty: the service itself
 * @param address the client's IP address, as the connection or a trusted proxy says it
 */
public record Actor(TenantId tenant, Optional<String> subject, Optional<String> address) {

  /**
   * The same as the caller of a request.
   *
   * @throws java.util.NoSuchElementException for the service itself
   */
  public Caller caller() {
    return new Caller(tenant, subject.orElseThrow());
  }

  /** The service itself. */
  public static Actor system(TenantId tenant) {
    return new Actor(tenant, Optional.empty(), Optional.empty());
  }
}
