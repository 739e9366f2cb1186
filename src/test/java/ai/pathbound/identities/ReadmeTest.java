package ai.pathbound.identities;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReadmeTest {
  @Test
  void theFlowWorksAsItIsWritten() throws Exception {
    ReadmeFlow.pasteWithWebhook(
        "localhost:" + RestAssured.port, 20, Tokens.of("acme", "reader", Tokens.ALL));
  }
}
