package ai.pathbound.identities.problem;

/** The one place where a kind of refusal becomes an HTTP status code (RFC 9110, RFC 6585). */
public final class HttpStatuses {
  private HttpStatuses() {}

  /** The status code for {@code kind}; 408 and 423 as in openapi.yaml. */
  public static int of(RefusalException.Kind kind) {
    return switch (kind) {
      case INVALID -> 400;
      case REJECTED -> 401;
      case FORBIDDEN -> 403;
      case NOT_FOUND -> 404;
      case TIMED_OUT -> 408;
      case CONFLICT -> 409;
      case PRECONDITION -> 412;
      case CONTRADICTORY -> 422;
      case LOCKED -> 423;
      case TOO_MANY -> 429;
      case UPSTREAM -> 502;
      case UNAVAILABLE -> 503;
    };
  }
}
