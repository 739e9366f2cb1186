package ai.pathbound.identities.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.openapi.AnswerValidator.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the validation of the suite's answers lets pass, and what not. */
class AnswerValidatorTest {
  private static final String LOGIN = "/v1/identities/id_01jv3ve1twetnar2zsd0c36jyb/linkedin/login";
  private static final String DELETED =
      "{\"status\":\"success\",\"message\":\"Identity deleted\","
          + "\"identity_id\":\"id_01jv3ve1twetnar2zsd0c36jyb\"}";
  private static final String ERROR =
      "{\"status\":\"error\",\"error\":\"A sentence.\",\"code\":\"CODE\",\"details\":[],"
          + "\"timestamp\":\"2026-04-29T12:00:00.000Z\"}";

  private static Answer answer(int status, String body, String... headers) {
    Map<String, String> all = new HashMap<>(Map.of("content-type", "application/json"));
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    return new Answer(status, all, body);
  }

  private static List<String> ofDelete(Answer answer) {
    return AnswerValidator.findings(
        "DELETE", "/v1/identities/id_01jv3ve1twetnar2zsd0c36jyb", answer);
  }

  private static void isFound(String what, List<String> findings) {
    assertEquals(1, findings.size(), findings.toString());
    assertTrue(findings.get(0).contains(what), findings.toString());
  }

  @Test
  void aDocumentedAnswerPasses() {
    assertEquals(List.of(), ofDelete(answer(200, DELETED)));
    assertEquals(
        List.of(),
        ofDelete(answer(200, DELETED, "content-type", "application/json;charset=UTF-8")));
    assertEquals(List.of(), ofDelete(answer(404, ERROR.replace("CODE", "not_found"))));
  }

  @ParameterizedTest
  @CsvSource({
    "'}', ',\"more\":1}', more",
    "id_01jv3ve1twetnar2zsd0c36jyb, li_01jv3ve1twetnar2zsd0c36jyb, identity_id",
    "'\"message\":\"Identity deleted\",', '', message",
    "success, error, status",
    "'\"Identity deleted\"', 5, message",
    "'{', '', JSON",
    "'}', '}}', JSON"
  })
  void aBodyThatIsNotAsItsSchemaSaysIsFound(String part, String instead, String finding) {
    isFound(finding, ofDelete(answer(200, DELETED.replace(part, instead))));
  }

  @ParameterizedTest
  @CsvSource({"418", "201", "302", "409"})
  void aStatusThatTheCallDoesNotHaveIsFound(int status) {
    isFound("status " + status, ofDelete(answer(status, DELETED)));
  }

  @Test
  void aCodeThatTheStatusDoesNotHaveIsFound() {
    isFound("code", ofDelete(answer(404, ERROR.replace("CODE", "no_consent"))));
  }

  @Test
  void anotherContentTypeIsFound() {
    isFound("text/plain", ofDelete(answer(200, DELETED, "content-type", "text/plain")));
  }

  @Test
  void aMissingOrMalformedHeaderIsFound() {
    String body =
        ERROR
            .replace("CODE", "login_in_progress")
            .replace("[]", "[{\"field\":\"session_id\",\"message\":\"x\"}]");
    assertEquals(
        List.of(), AnswerValidator.findings("POST", LOGIN, answer(409, body, "retry-after", "2")));
    isFound("Retry-After", AnswerValidator.findings("POST", LOGIN, answer(409, body)));
    for (String malformed : List.of("0", "soon", "-1")) {
      assertEquals(
          1,
          AnswerValidator.findings("POST", LOGIN, answer(409, body, "retry-after", malformed))
              .size(),
          malformed);
    }
  }

  @Test
  void anUnknownCallMayOnlyBeRefused() {
    Answer refused = answer(404, ERROR.replace("CODE", "not_found"));
    assertEquals(List.of(), AnswerValidator.findings("GET", "/v1/nothing", refused));
    isFound("does not have", AnswerValidator.findings("GET", "/v1/nothing", answer(200, DELETED)));
    isFound("does not have", AnswerValidator.findings("PATCH", LOGIN, answer(200, DELETED)));
  }

  @Test
  void whatIsNotTheApisIsNotLookedAt() {
    assertEquals(List.of(), AnswerValidator.findings("GET", "/q/metrics", answer(200, "# HELP")));
  }
}
