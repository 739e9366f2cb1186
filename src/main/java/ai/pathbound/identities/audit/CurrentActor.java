package ai.pathbound.identities.audit;

import ai.pathbound.identities.tenant.Caller;
import ai.pathbound.identities.tenant.CurrentCaller;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/**
 * Who acts in the request under way. What a proxy says of the client's address counts only where
 * {@code quarkus.http.proxy.*} trusts that proxy.
 */
@RequestScoped
public class CurrentActor {
  private static final int LONGEST = 100;

  private final CurrentCaller caller;
  private final RoutingContext request;

  /** Of the request under way. */
  public CurrentActor(CurrentCaller caller, RoutingContext request) {
    this.caller = caller;
    this.request = request;
  }

  /** The actor; only for calls that {@code @RolesAllowed} guards. */
  public Actor get() {
    Caller who = caller.get();
    Optional<String> address =
        Optional.ofNullable(request.request().remoteAddress())
            .map(SocketAddress::hostAddress)
            .filter(text -> !text.isBlank() && text.length() <= LONGEST);
    return new Actor(who.tenant(), Optional.of(who.subject()), address);
  }
}
