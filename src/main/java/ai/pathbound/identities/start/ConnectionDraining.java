package ai.pathbound.identities.start;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Makes proxies that keep connections open close them while a stopping replica still serves, so
 * that no request arrives on a connection that is being closed.
 */
@ApplicationScoped
class ConnectionDraining {
  private volatile Router router;

  void install(@Observes Router main) {
    router = main;
  }

  /** From here on alone: a handler costs every request something, also where it does nothing. */
  void onStopping(@Observes ShutdownDelayInitiatedEvent event) {
    router.route().order(Integer.MIN_VALUE).handler(ConnectionDraining::letGo);
  }

  private static void letGo(RoutingContext context) {
    context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    context.next();
  }
}
