package ai.pathbound.identities.openapi;

import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.http.Header;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Fails the test that gets an answer which the API document does not allow. */
public final class AnswerFilter implements Filter {
  @Override
  public Response filter(
      FilterableRequestSpecification request,
      FilterableResponseSpecification expected,
      FilterContext context) {
    Response response = context.next(request, expected);
    String path = path(request.getURI());
    List<String> findings =
        AnswerValidator.findings(request.getMethod(), path, answer(response, path));
    if (!findings.isEmpty()) {
      throw new AssertionError(
          request.getMethod()
              + " "
              + path
              + " is not answered as META-INF/openapi.yaml says: "
              + findings
              + "\n"
              + response.asString());
    }
    return response;
  }

  /** The path as it is sent; no URI class, since tests send what none would take. */
  private static String path(String uri) {
    return uri.replaceFirst("^[a-z]+://[^/]*", "").replaceFirst("[?#].*", "");
  }

  private static AnswerValidator.Answer answer(Response response, String path) {
    Map<String, String> headers =
        response.headers().asList().stream()
            .collect(
                Collectors.toMap(
                    Header::getName,
                    header -> String.valueOf(header.getValue()),
                    (first, second) -> first));
    // Other bodies stay unread: a test may want them as a stream.
    String body = path.startsWith("/v1/") ? response.asString() : "";
    return new AnswerValidator.Answer(response.statusCode(), headers, body);
  }
}
