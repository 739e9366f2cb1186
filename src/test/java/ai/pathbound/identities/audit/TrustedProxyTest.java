package ai.pathbound.identities.audit;

import static org.hamcrest.Matchers.equalTo;

import ai.pathbound.identities.Client;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Behind a proxy that the operator has named. */
@QuarkusTest
@TestProfile(TrustedProxyTest.BehindAProxy.class)
class TrustedProxyTest {
  /** The tests themselves are the proxy. */
  public static class BehindAProxy implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.http.proxy.proxy-address-forwarding", "true",
          "quarkus.http.proxy.allow-x-forwarded", "true",
          "quarkus.http.proxy.trusted-proxies", "127.0.0.1");
    }
  }

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
