package ai.pathbound.identities.tenant;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.MDC;

/** Who calls, read off the token that let this request in. */
@RequestScoped
public class CurrentCaller {
  /** The field of the log that holds the tenant. */
  public static final String LOG_FIELD = "tenant";

  private final SecurityIdentity identity;

  /** Of the request under way. */
  public CurrentCaller(SecurityIdentity identity) {
    this.identity = identity;
  }

  /**
   * The caller. Only for calls that {@code @RolesAllowed} guards: by then the token is verified.
   *
   * @throws IllegalStateException where the call is open to anyone
   */
  public Caller get() {
    if (!(identity.getPrincipal() instanceof JsonWebToken token)) {
      throw new IllegalStateException("this call has no caller: it is not guarded");
    }
    TenantId tenant = new TenantId(token.getClaim("tenant_id"));
    // In the request's own context: it is gone with it.
    MDC.put(LOG_FIELD, tenant.value());
    return new Caller(tenant, token.getSubject());
  }
}
