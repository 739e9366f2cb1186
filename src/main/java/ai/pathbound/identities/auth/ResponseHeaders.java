package ai.pathbound.identities.auth;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * The headers of every answer, from any layer: a browser has nothing to show here except the page
 * of connect links, and Swagger UI. Strict-Transport-Security is the ingress', which has the
 * certificate.
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

  private static final CharSequence THE_HOLDERS_PAGE =
      HttpHeaders.createOptimized(
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
              + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
  private static final CharSequence OPENER_POLICY =
      HttpHeaders.createOptimized("Cross-Origin-Opener-Policy");
  private static final CharSequence RESOURCE_POLICY =
      HttpHeaders.createOptimized("Cross-Origin-Resource-Policy");
  private static final CharSequence SAME_ORIGIN = HttpHeaders.createOptimized("same-origin");
  private static final CharSequence FRAME_OPTIONS = HttpHeaders.createOptimized("X-Frame-Options");
  private static final CharSequence DENY = HttpHeaders.createOptimized("DENY");
  private static final CharSequence ROBOTS = HttpHeaders.createOptimized("X-Robots-Tag");
  private static final CharSequence NO_INDEX = HttpHeaders.createOptimized("noindex, nofollow");

  private static final String API = "/v1";
  private static final String PAGES = "/q/swagger-ui";
  private static final String HOLDERS = "/connect";
  private static final String HOLDERS_FILES = HOLDERS + "/assets";

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
    } else if (isBelow(path, HOLDERS) || path.startsWith(HOLDERS + ";")) {
      setOfTheHoldersPage(headers, path);
    }
    context.next();
  }

  /** Nobody keeps the page, frames it, finds it or looks at it from another window. */
  private static void setOfTheHoldersPage(MultiMap headers, String path) {
    headers.set(CONTENT_SECURITY_POLICY, THE_HOLDERS_PAGE);
    headers.set(OPENER_POLICY, SAME_ORIGIN);
    headers.set(RESOURCE_POLICY, SAME_ORIGIN);
    headers.set(FRAME_OPTIONS, DENY);
    headers.set(ROBOTS, NO_INDEX);
    if (!isBelow(path, HOLDERS_FILES)) {
      headers.set(CACHE_CONTROL, NO_STORE);
    }
  }

  /** Whether {@code path} is {@code top} or lies beneath it. */
  private static boolean isBelow(String path, String top) {
    return path.startsWith(top)
        && (path.length() == top.length() || path.charAt(top.length()) == '/');
  }
}
