package ai.pathbound.identities.auth;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * The headers of every answer, from any layer: a browser has nothing to show here except Swagger
 * UI. Strict-Transport-Security is the ingress', which has the certificate.
 *
 * <p>One handler in front of all others instead of the framework's filters, which match a regular
 * expression each against every request.
 */
@ApplicationScoped
class ResponseHeaders {
  private static final CharSequence CONTENT_TYPE_OPTIONS =
      HttpHeaders.createOptimized("X-Content-Type-Options");
  private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
  private static final CharSequence REFERRER_POLICY =
      HttpHeaders.createOptimized("Referrer-Policy");
  private static final CharSequence NO_REFERRER = HttpHeaders.createOptimized("no-referrer");
  private static final CharSequence CACHE_CONTROL = HttpHeaders.createOptimized("Cache-Control");
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
  private static final CharSequence CONTENT_SECURITY_POLICY =
      HttpHeaders.createOptimized("Content-Security-Policy");
  private static final CharSequence NOTHING =
      HttpHeaders.createOptimized("default-src 'none'; frame-ancestors 'none'");
  private static final CharSequence ITS_OWN =
      HttpHeaders.createOptimized(
          "default-src 'self'; script-src 'self' 'unsafe-inline';"
              + " style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'");

  private static final String API = "/v1";
  private static final String PAGES = "/q/swagger-ui";

  void install(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).handler(ResponseHeaders::set);
  }

  private static void set(RoutingContext context) {
    MultiMap headers = context.response().headers();
    String path = context.normalizedPath();
    headers.set(CONTENT_TYPE_OPTIONS, NOSNIFF);
    headers.set(REFERRER_POLICY, NO_REFERRER);
    headers.set(CONTENT_SECURITY_POLICY, isBelow(path, PAGES) ? ITS_OWN : NOTHING);
    // A parameter of a path (RFC 3986, section 3.3) leaves it where it is.
    if (isBelow(path, API) || path.startsWith(API + ";")) {
      headers.set(CACHE_CONTROL, NO_STORE);
    }
    context.next();
  }

  /** Whether {@code path} is {@code top} or lies beneath it. */
  private static boolean isBelow(String path, String top) {
    return path.startsWith(top)
        && (path.length() == top.length() || path.charAt(top.length()) == '/');
  }
}
