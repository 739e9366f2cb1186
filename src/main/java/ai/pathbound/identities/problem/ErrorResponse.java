package ai.pathbound.identities.problem;

import java.util.List;
import java.util.Map;

/** What an error is answered with, before it has a body: the same in REST and in front of it. */
record ErrorResponse(
    int status,
    String code,
    String sentence,
    List<RefusalException.Detail> details,
    Map<String, String> headers) {

  static ErrorResponse of(int status, String code, String sentence) {
    return new ErrorResponse(status, code, sentence, List.of(), Map.of());
  }

  ErrorResponse withHeaders(Map<String, String> moreHeaders) {
    return new ErrorResponse(status, code, sentence, details, moreHeaders);
  }
}
