package ai.pathbound.identities.login.api;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.secret.TwoKeysProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logins that bring a session of another browser, where the operator allows them. */
@QuarkusTest
@TestProfile(TwoKeysProfile.class)
class CookieLoginTest {
  private static final String COOKIE = "session_cookie";
  private static final String COMPANION = "session_cookie_a";

  private final Client client = Client.ofNewTenant();
  private String identity;

  @BeforeEach
  void anIdentity() {
    identity = client.newIdentity();
  }

  private static Map<String, Object> cookie(String value) {
    return Map.of(COOKIE, value);
  }

  private Response brought(String cookie) {
    return client.login(identity, cookie(cookie));
  }

  /** How a login ended: its {@code login_result}. */
  private JsonPath ended(Response started) {
    return client.ended(identity, started.path("login_result.session_id"));
  }

  private String status(Response started) {
    return ended(started).getString("login_result.status");
  }

  private String reason(Response started) {
    return ended(started).getString("login_result.error_code");
  }

  private Response identity() {
    return client.request().get(Client.IDENTITIES + "/" + identity);
  }

  @Test
  void aSessionOfAnotherBrowserConnectsItsMember() {
    Map<String, Object> both = new HashMap<>(cookie("sandbox:ada@example.com"));
    both.put(COMPANION, "AQJ2+/=-_");
    assertEquals("completed", status(client.login(identity, both)));
    identity().then().body("identity.linkedin.connected", equalTo(true));
    client.check(identity).then().body("connected", equalTo(true));
    // What was stored is a session like any other.
    assertEquals("completed", status(client.login(identity, Map.of())));
  }

  @Test
  void linkedInMayAskForMore() {
    Response started = brought("sandbox:ada+2fa@example.com");
    String session = started.path("login_result.session_id");
    client
        .request()
        .header("Prefer", "wait=20")
        .get(Client.status(identity, session))
        .then()
        .body("login_result.status", equalTo("awaiting_2fa"));
    client.code(identity, session, "123456").then().statusCode(200);
    assertEquals("completed", status(started));
  }

  @ParameterizedTest
  @CsvSource({"AQEDAQb", "sandbox:ada+rejected@example.com"})
  void whatLinkedInDoesNotHonourLeavesWhatWasStored(String cookie) {
    ended(client.login(identity, "ada@example.com"));
    assertEquals("session_expired", reason(brought(cookie)));
    identity()
        .then()
        .body("identity.linkedin.connected", equalTo(true))
        .body("identity.linkedin.reconnect_required", equalTo(false));
    client.check(identity).then().body("connected", equalTo(true));
  }

  @Test
  void anotherMembersSessionIsNotTaken() {
    ended(client.login(identity, "ada@example.com"));
    assertEquals("wrong_account", reason(brought("sandbox:grace@example.com")));
  }

  @Test
  void itTakesThePlaceOfUsernameAndPassword() {
    Map<String, Object> all = new HashMap<>(cookie("sandbox:ada@example.com"));
    all.put("username", "ada@example.com");
    all.put("password", "any");
    isRefused(all, COOKIE);
    isRefused(Map.of(COMPANION, "AQJ2"), COMPANION);
    isRefused(Map.of(COOKIE, "sandbox:ada@example.com", "password", "any"), COOKIE);
  }

  @Test
  void whatIsNoCookieIsRefused() {
    isRefused(cookie(""), COOKIE);
    isRefused(cookie("a".repeat(4097)), COOKIE);
    isRefused(cookie("AQEDAQb; Domain=elsewhere.example"), COOKIE);
    isRefused(cookie("AQED AQb"), COOKIE);
    isRefused(cookie("AQED\r\nAQb"), COOKIE);
    isRefused(cookie("AQ\u00e9"), COOKIE);
    isRefused(Map.of(COOKIE, "AQEDAQb", COMPANION, ";"), COMPANION);
    brought("a".repeat(4096)).then().statusCode(200);
  }

  private void isRefused(Map<String, Object> body, String field) {
    client
        .login(identity, body)
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid_request"))
        .body("details.field", hasItem(field));
  }

  @Test
  void anotherTenantsIdentityIsNotFound() {
    Client stranger = Client.ofNewTenant();
    stranger.login(identity, cookie("sandbox:ada@example.com")).then().statusCode(404);
    assertEquals(
        "[]",
        client
            .request()
            .get(Client.IDENTITIES + "/" + identity + "/linkedin/sessions")
            .then()
            .body("sessions", hasSize(0))
            .extract()
            .path("sessions")
            .toString());
  }
}
