package ai.pathbound.identities.problem;

/** What the plain HTTP status codes that the framework raises say in our words. */
final class StatusResponses {
  private StatusResponses() {}

  /** The answer for a status code of the 4xx range, known or not. */
  static ErrorResponse of(int status) {
    return switch (status) {
      case 404 -> ErrorResponse.of(404, "not_found", RefusalException.NOTHING_HERE);
      case 405 ->
          ErrorResponse.of(
              405, "method_not_allowed", "This path does not take that method; see Allow.");
      case 406 ->
          ErrorResponse.of(406, "not_acceptable", "Answers are JSON: accept application/json.");
      case 408 -> ErrorResponse.of(408, "request_timeout", "The request did not arrive in time.");
      case 413 ->
          ErrorResponse.of(413, "payload_too_large", "The body is too large: 64 KiB are accepted.");
      case 414 -> ErrorResponse.of(414, "uri_too_long", "The address is too long.");
      case 415 ->
          ErrorResponse.of(
              415,
              "unsupported_media_type",
              "The body must be JSON: send Content-Type: application/json.");
      case 431 -> ErrorResponse.of(431, "headers_too_large", "The headers are too large.");
      default ->
          ErrorResponse.of(
              status,
              "invalid_request",
              "The request is not valid as it stands (HTTP " + status + ").");
    };
  }
}
