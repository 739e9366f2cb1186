package ai.pathbound.identities.problem;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Gives the errors that are raised in front of REST the same body: unknown paths, bad addresses.
 */
@ApplicationScoped
class RouteErrors {
  private static final int BEFORE_THE_FRAMEWORKS = -3;

  private final ErrorResponses errors;
  private final boolean pages;

  RouteErrors(
      ErrorResponses errors,
      @ConfigProperty(name = "quarkus.swagger-ui.enabled", defaultValue = "true") boolean pages) {
    this.errors = errors;
    this.pages = pages;
  }

  void install(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).failureHandler(this::failed);
    if (!pages) {
      // Switched off, the framework's own route answers without a body.
      router
          .route("/q/swagger-ui*")
          .order(BEFORE_THE_FRAMEWORKS)
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
    errors.send(error, response);
  }
}
