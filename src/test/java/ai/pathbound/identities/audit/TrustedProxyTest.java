package ai.pathbound.identities.audit;

import static org.hamcrest.Matchers.equalTo;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.OperatorProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Behind a proxy that the operator has named. */
@QuarkusTest
@TestProfile(OperatorProfile.class)
class TrustedProxyTest {
  @Test
  void theClientsAddressIsWhatTheProxySays() {
    Client client = Client.ofNewTenant();
    client
        .json(Map.of("firstName", "A", "lastName", "B", "role", "C"))
        .header("X-Forwarded-For", "198.51.100.1")
        .post(Client.IDENTITIES)
        .then()
        .statusCode(201);
    client
        .request()
        .get("/v1/audit")
        .then()
        .body("events[0].client_address", equalTo("198.51.100.1"));
  }
}
