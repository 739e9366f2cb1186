package ai.pathbound.identities.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class JsonConventionsTest {
  @Inject ObjectMapper json;

  @ParameterizedTest
  @CsvSource({
    "2026-04-29T12:00:00Z,2026-04-29T12:00:00.000Z",
    "2026-04-29T12:00:00.120Z,2026-04-29T12:00:00.120Z",
    "2026-04-29T12:00:00.120999Z,2026-04-29T12:00:00.120Z"
  })
  void aTimeAlwaysHasThreeDigitsAfterItsSecond(Instant time, String written)
      throws JsonProcessingException {
    assertEquals('"' + written + '"', json.writeValueAsString(time));
  }
}
