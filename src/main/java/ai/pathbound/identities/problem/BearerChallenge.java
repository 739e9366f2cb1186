package ai.pathbound.identities.problem;

import java.util.Map;

/** How our own 401 and 403 ask for a token: RFC 6750, section 3. */
final class BearerChallenge {
  private static final String HEADER = "WWW-Authenticate";
  private static final String SCHEME = "Bearer";

  private BearerChallenge() {}

  /**
   * No token, or not a good one. Without one the challenge says nothing of an error.
   *
   * @param authorization the request's {@code Authorization} header, or null
   */
  static ErrorResponse unauthorized(String authorization) {
    if (authorization != null
        && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && authorization.strip().length() > SCHEME.length()) {
      return ErrorResponse.of(
              401, "invalid_token", "The token is not valid, is expired, or lacks a claim.")
          .withHeaders(Map.of(HEADER, SCHEME + " error=\"invalid_token\""));
    }
    return ErrorResponse.of(
            401, "unauthorized", "A token is needed: send Authorization: Bearer <token>.")
        .withHeaders(Map.of(HEADER, SCHEME));
  }

  /**
   * A good token without the needed scope.
   *
   * @param scope the scope that the call needs; blank where it cannot be told
   */
  static ErrorResponse forbidden(String scope) {
    String needed = scope.isBlank() ? "" : ", scope=\"" + scope + "\"";
    return ErrorResponse.of(
            403, "insufficient_scope", "The token lacks the scope that this call needs.")
        .withHeaders(Map.of(HEADER, SCHEME + " error=\"insufficient_scope\"" + needed));
  }
}
