package ai.pathbound.identities.problem;

import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Gives the errors that are raised in front of REST the same body: unknown paths, bad addresses.
 */
@ApplicationScoped
class RouteErrors {
  private static final String JSON = "application/json;charset=UTF-8";

  /** Before the route of the framework that answers a too long body without a body. */
  private static final int BEFORE_UPLOAD_LIMIT = -3;

  /** How long a client may go on sending after a 413, so that it gets to read the answer. */
  private static final long LINGER_MILLIS = 1_000;

  private final ErrorResponses errors;
  private final long bodyLimit;
  private final boolean pages;
  private final BodyHandler unmeasured;

  RouteErrors(
      ErrorResponses errors,
      @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit,
      @ConfigProperty(name = "quarkus.swagger-ui.enabled", defaultValue = "true") boolean pages) {
    this.errors = errors;
    this.pages = pages;
    this.bodyLimit = limit.asLongValue();
    this.unmeasured = BodyHandler.create(false).setBodyLimit(bodyLimit);
  }

  void install(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).failureHandler(this::failed);
    router.route().order(BEFORE_UPLOAD_LIMIT).handler(this::limitBody);
    if (!pages) {
      // Switched off, the framework's own route answers without a body.
      router
          .route("/q/swagger-ui*")
          .order(BEFORE_UPLOAD_LIMIT)
          .handler(context -> context.fail(404));
    }
    for (int status : new int[] {400, 404, 405, 406, 413, 414, 415}) {
      router.errorHandler(status, this::failed);
    }
  }

  private void failed(RoutingContext context) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.headWritten()) {
      // The framework would log the end of a broken request as a fault of ours.
      if (!BrokenHttp.is(context.failure())) {
        context.next();
      }
      return;
    }
    ErrorResponses.FailedRequest request =
        new ErrorResponses.FailedRequest(
            context.request().method().name(),
            context.request().path(),
            context.request().getHeader(HttpHeaders.AUTHORIZATION),
            "");
    ErrorResponse error =
        context.failure() == null || context.statusCode() >= 400 && context.statusCode() < 500
            ? errors.to(context.statusCode(), request)
            : errors.to(context.failure(), request);
    send(response, error);
  }

  private void limitBody(RoutingContext context) {
    String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length == null) {
      if (context.request().headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
        // In chunks: counted as they come. The framework would answer without a body.
        unmeasured.handle(context);
      } else {
        // In HTTP/1.1 that is no body (RFC 9112, section 6.3). In HTTP/2 the framework counts: a
        // request that is read to its end in front of REST cannot be paused there, as REST does.
        context.next();
      }
      return;
    }
    if (Long.parseLong(length) <= bodyLimit) {
      context.next();
      return;
    }
    context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    context.request().endHandler(done -> context.request().connection().close());
    context.vertx().setTimer(LINGER_MILLIS, late -> context.request().connection().close());
    context.request().resume();
    send(context.response(), StatusResponses.of(413));
  }

  private void send(HttpServerResponse response, ErrorResponse error) {
    error.headers().forEach(response::putHeader);
    response
        .setStatusCode(error.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
        .end(errors.body(error));
  }
}
