package ai.pathbound.identities.problem;

import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Looks at what a request says of its body, in front of REST: one that is too long gets its 413
 * with a body of ours, and one that has none may name any content type, as many clients do (a
 * form's, most of them).
 */
@ApplicationScoped
class RequestBodies {
  /** Before the route of the framework that answers a too long body without a body. */
  private static final int BEFORE_UPLOAD_LIMIT = -3;

  /** How long a client may go on sending after a 413, so that it gets to read the answer. */
  private static final long LINGER_MILLIS = 1_000;

  private final ErrorResponses errors;
  private final long limit;
  private final BodyHandler unmeasured;

  RequestBodies(
      ErrorResponses errors,
      @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit) {
    this.errors = errors;
    this.limit = limit.asLongValue();
    this.unmeasured = BodyHandler.create(false).setBodyLimit(this.limit);
  }

  void install(@Observes Router router) {
    router.route().order(BEFORE_UPLOAD_LIMIT).handler(this::check);
  }

  private void check(RoutingContext context) {
    MultiMap headers = context.request().headers();
    String length = headers.get(HttpHeaders.CONTENT_LENGTH);
    if (length == null && headers.contains(HttpHeaders.TRANSFER_ENCODING)) {
      // In chunks: counted as they come. The framework would answer without a body.
      unmeasured.handle(context);
      return;
    }
    if (length == null || length.equals("0")) {
      // In HTTP/1.1 no length is no body (RFC 9112, section 6.3). In HTTP/2 the framework counts: a
      // request that is read to its end in front of REST cannot be paused there, as REST does.
      headers.remove(HttpHeaders.CONTENT_TYPE);
      context.next();
      return;
    }
    if (Long.parseLong(length) <= limit) {
      context.next();
      return;
    }
    refuse(context);
  }

  private void refuse(RoutingContext context) {
    HttpServerRequest request = context.request();
    context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    request.endHandler(done -> request.connection().close());
    context.vertx().setTimer(LINGER_MILLIS, late -> request.connection().close());
    request.resume();
    errors.send(StatusResponses.of(413), context.response());
  }
}
