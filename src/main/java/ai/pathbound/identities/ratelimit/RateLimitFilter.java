package ai.pathbound.identities.ratelimit;

import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.tenant.CurrentCaller;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Counts every call of the API against the budget of the caller's tenant, and reports what is left
 * (the fields of draft-ietf-httpapi-ratelimit-headers-10). Runs after authorization, so an
 * unauthorized request consumes no budget.
 */
class RateLimitFilter {
  private static final String API = "/v1/";

  private final RateLimits budgets;
  private final RateLimitSettings settings;
  private final CurrentCaller caller;

  RateLimitFilter(RateLimits budgets, RateLimitSettings settings, CurrentCaller caller) {
    this.budgets = budgets;
    this.settings = settings;
    this.caller = caller;
  }

  @ServerRequestFilter
  void spend(ContainerRequestContext request, RoutingContext context) {
    if (!budgets.areSet() || !request.getUriInfo().getPath().startsWith(API)) {
      return;
    }
    RateLimits.Spent spent = budgets.spend(caller.tenant());
    HttpServerResponse response = context.response();
    response.putHeader(
        "RateLimit-Policy",
        "\"tenant\";q=" + settings.budget() + ";w=" + seconds(settings.window()));
    response.putHeader(
        "RateLimit", "\"tenant\";r=" + spent.left() + ";t=" + seconds(spent.untilFull()));
    if (!spent.taken()) {
      throw RefusalException.of(
              RefusalException.Kind.TOO_MANY,
              "too_many_requests",
              "Your tenant has sent more requests than are taken; wait as Retry-After says.")
          .retryAfter(spent.untilNext());
    }
  }

  /** Whole seconds, rounded up. */
  private static long seconds(Duration time) {
    return time.plusSeconds(1).minusNanos(1).toSeconds();
  }
}
