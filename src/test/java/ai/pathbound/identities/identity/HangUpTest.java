package ai.pathbound.identities.identity;

import static ai.pathbound.identities.Client.IDENTITIES;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.Hasty;
import ai.pathbound.identities.LogRecorder;
import io.quarkus.mutiny.runtime.MutinyInfrastructure;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class HangUpTest {
  private static final int TIMES = 200;

  private final Client client = Client.ofNewTenant();

  @Test
  void noStepOfAChangeIsTakenFromUnderTheOneBeforeIt() {
    String path = IDENTITIES + "/" + client.newIdentity();
    try (LogRecorder log = LogRecorder.ofWarnings(MutinyInfrastructure.class)) {
      for (int i = 0; i < TIMES; i++) {
        // At one moment or another of the call.
        new Hasty(client).send("PUT", path, "{\"role\":\"CEO\"}", i % 5);
      }
      client.json(Map.of("role", "CTO")).put(path).then().statusCode(200);
      assertEquals(List.of(), log.lines());
    }
  }
}
