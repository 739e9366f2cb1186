package ai.pathbound.identities.identity;

import static ai.pathbound.identities.Client.IDENTITIES;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.LogRecorder;
import ai.pathbound.identities.Tokens;
import io.quarkus.mutiny.runtime.MutinyInfrastructure;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A client that closes its connection before it is answered. */
@QuarkusTest
class HangUpTest {
  private static final int TIMES = 200;
  private static final String BODY = "{\"role\":\"CEO\"}";

  private final Client client = Client.ofNewTenant();

  @Test
  void noStepOfAChangeIsTakenFromUnderTheOneBeforeIt() throws Exception {
    String path = IDENTITIES + "/" + client.newIdentity();
    try (LogRecorder log = LogRecorder.ofWarnings(MutinyInfrastructure.class)) {
      for (int i = 0; i < TIMES; i++) {
        // At one moment or another of the call.
        changeAndHangUpAfter(path, i % 5);
      }
      client.json(Map.of("role", "CTO")).put(path).then().statusCode(200);
      assertEquals(List.of(), log.lines());
    }
  }

  private void changeAndHangUpAfter(String path, int millis)
      throws IOException, InterruptedException {
    String request =
        String.join(
            "\r\n",
            "PUT " + path + " HTTP/1.1",
            "Host: localhost",
            "Authorization: Bearer " + Tokens.of(client.tenant(), "hasty", client.scope()),
            "Content-Type: application/json",
            "Content-Length: " + BODY.length(),
            "",
            BODY);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      Thread.sleep(millis);
    }
  }
}
