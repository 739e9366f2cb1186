package ai.pathbound.identities.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.security.AuthenticationException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Turns whatever went wrong into an answer. A failure of none of the known kinds becomes a 500 with
 * an id, under which the log has the whole story; nothing else is logged as an error.
 */
@ApplicationScoped
class ErrorResponses {
  private static final Logger LOG = Logger.getLogger(ErrorResponses.class);

  // As quarkus.http.access-log.exclude-pattern has it.
  private static final Pattern WITH_TOKEN = Pattern.compile("/+connect([;/?].*)?");
  private static final String JSON = "application/json;charset=UTF-8";
  private static final Duration TRY_AGAIN = Duration.ofSeconds(2);

  private final Clock clock;
  private final ObjectMapper json;

  ErrorResponses(Clock clock, ObjectMapper json) {
    this.clock = clock;
    this.json = json;
  }

  /** What is known of the request that failed. */
  record FailedRequest(String method, String path, String authorization, String neededScope) {}

  /** The answer to a request that failed. */
  ErrorResponse to(Throwable failure, FailedRequest request) {
    if (failure instanceof RefusalException refusal) {
      return refused(refusal);
    }
    if (BrokenHttp.is(failure)) {
      return refused(BrokenHttp.REFUSAL);
    }
    if (failure instanceof ForbiddenException) {
      return BearerChallenge.forbidden(request.neededScope());
    }
    if (failure instanceof UnauthorizedException || failure instanceof AuthenticationException) {
      return BearerChallenge.unauthorized(request.authorization());
    }
    if (failure instanceof WebApplicationException web && isClientError(web)) {
      return ofFramework(web);
    }
    if (DatabaseTrouble.is(failure)) {
      LOG.warnf("The database cannot serve: %s", failure.toString());
      return ErrorResponse.of(
              503, "unavailable", "This service cannot serve just now; try again soon.")
          .withHeaders(retryAfter(TRY_AGAIN));
    }
    return unexpected(failure, request);
  }

  /** The answer to a bare status code: 401 and 403 with their challenges, 5xx as our own fault. */
  ErrorResponse to(int status, FailedRequest request) {
    if (status == 401) {
      return BearerChallenge.unauthorized(request.authorization());
    }
    if (status == 403) {
      return BearerChallenge.forbidden(request.neededScope());
    }
    return status >= 400 && status < 500
        ? StatusResponses.of(status)
        : unexpected(new IllegalStateException("the framework said " + status), request);
  }

  /** Sends an answer in front of REST. */
  void send(ErrorResponse error, HttpServerResponse response) {
    error.headers().forEach(response::putHeader);
    response
        .setStatusCode(error.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
        .end(body(error));
  }

  /** The body in JSON. */
  String body(ErrorResponse error) {
    try {
      return json.writeValueAsString(
          ErrorBody.of(error.sentence(), error.code(), error.details(), clock.instant()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an error body is plain text and must serialise", e);
    }
  }

  private static ErrorResponse refused(RefusalException refusal) {
    return new ErrorResponse(
        HttpStatuses.of(refusal.kind()),
        refusal.code(),
        refusal.getMessage(),
        refusal.details(),
        refusal.retryAfter().map(ErrorResponses::retryAfter).orElse(Map.of()));
  }

  private static boolean isClientError(WebApplicationException web) {
    int status = web.getResponse().getStatus();
    return status >= 400 && status < 500;
  }

  private static ErrorResponse ofFramework(WebApplicationException web) {
    ErrorResponse error = StatusResponses.of(web.getResponse().getStatus());
    String allow = error.status() == 405 ? AllowedMethods.ofCurrentRequest() : "";
    return allow.isEmpty() ? error : error.withHeaders(Map.of(HttpHeaders.ALLOW, allow));
  }

  /** Whole seconds, rounded up, at least one (RFC 9110, section 10.2.3). */
  private static Map<String, String> retryAfter(Duration wait) {
    long seconds = Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds());
    return Map.of(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
  }

  private static ErrorResponse unexpected(Throwable failure, FailedRequest request) {
    UUID id = UUID.randomUUID();
    LOG.errorf(failure, "Error %s at %s %s", id, request.method(), withoutToken(request.path()));
    return ErrorResponse.of(
        500, "internal_error", "Something went wrong on our side; tell us this id: " + id + ".");
  }

  /** What follows in such a path is a secret. */
  private static String withoutToken(String path) {
    return WITH_TOKEN.matcher(path).matches() ? "/connect/…" : path;
  }
}
