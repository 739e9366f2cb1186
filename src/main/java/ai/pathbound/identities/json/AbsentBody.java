package ai.pathbound.identities.json;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Removes the content type of a request without a body: many clients send one all the same (a
 * form's, most of them), and would get a 415.
 */
@ApplicationScoped
class AbsentBody {
  private static final int EARLY = 200;

  void register(@Observes Filters filters) {
    filters.register(AbsentBody::forgetContentType, EARLY);
  }

  private static void forgetContentType(RoutingContext context) {
    HttpServerRequest request = context.request();
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    boolean chunked = request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    if (!chunked && (length == null || length.equals("0"))) {
      request.headers().remove(HttpHeaders.CONTENT_TYPE);
    }
    context.next();
  }
}
