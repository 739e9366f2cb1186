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
  private volatile boolean stopping;

  void install(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).handler(this::letGo);
  }

  void onStopping(@Observes ShutdownDelayInitiatedEvent event) {
    stopping = true;
  }

  private void letGo(RoutingContext context) {
    if (stopping) {
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    context.next();
  }
}
