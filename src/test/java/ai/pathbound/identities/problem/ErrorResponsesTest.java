package ai.pathbound.identities.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.LogRecorder;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the log says of a fault of ours. */
class ErrorResponsesTest {
  private final ErrorResponses errors = new ErrorResponses(Clock.systemUTC(), new ObjectMapper());

  @ParameterizedTest
  @CsvSource({
    "/connect/Secret,false",
    "//connect/Secret,false",
    "/connect;x/Secret,false",
    "/connect?Secret,false",
    "/connection/Secret,true",
    "/v1/connect/Secret,true"
  })
  void namesThePathUnlessItIsALinks(String path, boolean named) {
    try (LogRecorder log = LogRecorder.ofWarnings(ErrorResponses.class)) {
      errors.to(
          new IllegalStateException(), new ErrorResponses.FailedRequest("GET", path, null, null));
      assertEquals(1, log.lines().size());
      assertEquals(named, log.lines().get(0).contains("Secret"), log.lines().get(0));
      assertTrue(log.lines().get(0).contains("GET"), log.lines().get(0));
    }
  }
}
