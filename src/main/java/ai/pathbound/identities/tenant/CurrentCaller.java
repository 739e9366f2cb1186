package ai.pathbound.identities.tenant;

import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.MDC;
import org.jose4j.jwt.NumericDate;

/**
 * Who calls, read off the token that let this request in. What a proxy says of the client's address
 * counts only where {@code quarkus.http.proxy.*} trusts that proxy.
 */
@RequestScoped
public class CurrentCaller {
  /** The field of the log that holds the tenant. */
  public static final String LOG_FIELD = "tenant";

  private static final int LONGEST_ADDRESS = 100;

  private final SecurityIdentity identity;
  private final RoutingContext request;

  public CurrentCaller(SecurityIdentity identity, RoutingContext request) {
    this.identity = identity;
    this.request = request;
  }

  /**
   * The caller. Only for calls that {@code @RolesAllowed} guards: by then the token is verified.
   *
   * @throws IllegalStateException where the call is open to anyone
   */
  public Caller get() {
    return new Caller(tenant(), token().getSubject(), address());
  }

  /**
   * The caller's tenant, for calls that need no more: the address is read through what proxies say.
   *
   * @throws IllegalStateException where the call is open to anyone
   */
  public TenantId tenant() {
    TenantId tenant = new TenantId(token().getClaim("tenant_id"));
    // In the MDC of the request's own context, which ends with the request.
    MDC.put(LOG_FIELD, tenant.value());
    return tenant;
  }

  /**
   * How long the caller's token is still good for, by the clock of the library that checks it; in
   * whole seconds, negative for one that is taken for the clocks' difference alone.
   *
   * @throws IllegalStateException where the call is open to anyone
   */
  public Duration tokenTime() {
    return Duration.ofSeconds(token().getExpirationTime() - NumericDate.now().getValue());
  }

  private JsonWebToken token() {
    if (identity.getPrincipal() instanceof JsonWebToken token) {
      return token;
    }
    throw new IllegalStateException("this call has no caller: it is not guarded");
  }

  private Optional<String> address() {
    return Optional.ofNullable(request.request().remoteAddress())
        .map(SocketAddress::hostAddress)
        .filter(text -> !text.isBlank() && text.length() <= LONGEST_ADDRESS);
  }
}
