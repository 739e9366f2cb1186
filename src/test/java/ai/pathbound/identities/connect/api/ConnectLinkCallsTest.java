package ai.pathbound.identities.connect.api;

import static ai.pathbound.identities.connect.ConnectClient.BACK;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.connect.ConnectClient;
import ai.pathbound.identities.connect.ConnectClient.Made;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The calls for connect links, as the contract has them. */
@QuarkusTest
class ConnectLinkCallsTest {
  private static final String NEVER_MADE = "cl_01jv3ve1twetnar2zsd0c36jyb";

  private ConnectClient client;
  private String identity;

  @BeforeEach
  void hasAnIdentity() {
    client = ConnectClient.ofNewTenant();
    identity = client.client().newIdentity();
  }

  @Test
  void aLinkIsMadeReadListedAndRevoked() {
    Response made =
        client.create(
            identity,
            Map.of(
                "redirect_url",
                BACK,
                "state",
                "s & t",
                "country",
                "de",
                "locale",
                "fr",
                "expires_in",
                300));
    String id = made.path("connect_link.link_id");
    made.then()
        .statusCode(201)
        .header("Location", ConnectClient.path(identity) + "/" + id)
        .body("status", equalTo("success"))
        .body("connect_link.identity_id", equalTo(identity))
        .body("connect_link.url", matchesPattern("http://localhost:8080/connect/[A-Za-z0-9_-]{43}"))
        .body("connect_link.status", equalTo("pending"))
        .body("connect_link.session_id", nullValue())
        .body("connect_link.error_code", nullValue())
        .body("connect_link.redirect_url", equalTo(BACK))
        .body("connect_link.country", equalTo("DE"))
        .body("connect_link.locale", equalTo("fr"))
        .body("connect_link.opened_at", nullValue());
    assertEquals(300, life(made).toSeconds());
    assertEquals(1800, life(client.create(identity, Map.of())).toSeconds());
    client
        .client()
        .request()
        .get(ConnectClient.path(identity) + "/" + id)
        .then()
        .statusCode(200)
        .body("connect_link.link_id", equalTo(id))
        .body("connect_link.url", nullValue());
    Made link = new Made(id, made.path("connect_link.url"), identity);
    client.revoke(link).then().statusCode(200).body("connect_link.status", equalTo("revoked"));
    assertEquals("revoked", client.status(link));
  }

  private static Duration life(Response made) {
    return Duration.between(
        Instant.parse(made.path("connect_link.created_at")),
        Instant.parse(made.path("connect_link.expires_at")));
  }

  @Test
  void aListGoesFromTheNewestToTheOldestInPages() {
    String oldest = client.link(identity).id();
    String middle = client.link(identity).id();
    String newest = client.link(identity).id();
    client.link(client.client().newIdentity());
    client
        .client()
        .request()
        .get(ConnectClient.path(identity) + "?limit=2")
        .then()
        .statusCode(200)
        .body("identity_id", equalTo(identity))
        .body("connect_links.link_id", contains(newest, middle))
        .body("connect_links.url", contains(nullValue(), nullValue()))
        .body("pagination.next_after", equalTo(middle))
        .header(
            "Link",
            "<%s?after=%s&limit=2>; rel=\"next\"".formatted(ConnectClient.path(identity), middle));
    client
        .client()
        .request()
        .get(ConnectClient.path(identity) + "?limit=2&after=" + middle)
        .then()
        .body("connect_links.link_id", contains(oldest))
        .body("pagination.next_after", nullValue())
        .header("Link", nullValue());
    for (String query : new String[] {"?limit=0", "?limit=1001", "?after=x"}) {
      client
          .client()
          .request()
          .get(ConnectClient.path(identity) + query)
          .then()
          .statusCode(400)
          .body("code", equalTo("invalid_request"));
    }
  }

  @Test
  void aRepeatWithTheSameKeyAnswersTheSameUrlAndMakesNoOther() {
    Response first = keyed(Map.of("state", "a"));
    Response again = keyed(Map.of("state", "a"));
    assertEquals(201, again.statusCode());
    assertEquals(first.asString(), again.asString());
    assertEquals(first.header("Location"), again.header("Location"));
    keyed(Map.of("state", "b"))
        .then()
        .statusCode(422)
        .body("code", equalTo("idempotency_key_reused"));
    client
        .client()
        .request()
        .get(ConnectClient.path(identity))
        .then()
        .body("connect_links", hasSize(1));
    // Also where the settings have changed since.
    client.put(Map.of("display_name", "Other")).then().statusCode(200);
    assertEquals(first.asString(), keyed(Map.of("state", "a")).asString());
  }

  private Response keyed(Map<String, Object> body) {
    return client
        .client()
        .json(body)
        .header("Idempotency-Key", "one")
        .post(ConnectClient.path(identity));
  }

  @Test
  void withoutADisplayNameThereIsNoLink() {
    ConnectClient other = new ConnectClient(Client.ofNewTenant());
    String sender = other.client().newIdentity();
    other
        .create(sender, Map.of())
        .then()
        .statusCode(409)
        .body("code", equalTo("connect_settings_required"));
    other.settings();
    other.create(sender, Map.of()).then().statusCode(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example.com/connected/",
        "https://app.example.com/connected?x=1",
        "https://app.example.com/connected#x",
        "https://app.example.com/connectedx",
        "https://app.example.com/",
        "https://app.example.com:443/connected",
        "https://app.example.com:8443/connected",
        "https://APP.example.com/connected",
        "https://user@app.example.com/connected",
        "https://app.example.com.evil.example/connected",
        "https://app.example.com\\@evil.example/connected",
        "http://app.example.com/connected",
        "//app.example.com/connected",
        "/\\app.example.com/connected",
        "/connected",
        "javascript:alert(1)",
        " https://app.example.com/connected",
        "https://app.example.com/%63onnected",
        ""
      })
  void aRedirectUrlEqualsOneOfTheTenants(String url) {
    client
        .create(identity, Map.of("redirect_url", url))
        .then()
        .statusCode(400)
        .body("code", equalTo("redirect_url_not_allowed"));
  }

  static Stream<Map<String, Object>> invalid() {
    return Stream.of(
        Map.of("expires_in", 299),
        Map.of("expires_in", 86_401),
        Map.of("expires_in", "300"),
        Map.of("expires_in", 300.5),
        Map.of("state", ""),
        Map.of("state", "x".repeat(513)),
        Map.of("state", "a\u0000b"),
        Map.of("country", "ZZ"),
        Map.of("locale", "it"),
        Map.of("locale", "DE"));
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void aBodyThatIsNotValidIsRefused(Map<String, Object> body) {
    client.create(identity, body).then().statusCode(400).body("code", equalTo("invalid_request"));
  }

  @Test
  void aCountryWithoutAWayOutIsRefused() {
    client
        .create(identity, Map.of("country", "AQ"))
        .then()
        .statusCode(400)
        .body("code", equalTo("country_unavailable"));
  }

  @Test
  void anotherTenantsOrIdentitysLinkDoesNotExist() {
    Made link = client.link(identity);
    ConnectClient stranger = ConnectClient.ofNewTenant();
    String own = stranger.client().newIdentity();
    String sibling = client.client().newIdentity();
    for (Response response :
        new Response[] {
          stranger.client().request().get(ConnectClient.path(identity) + "/" + link.id()),
          stranger.client().request().get(ConnectClient.path(own) + "/" + link.id()),
          stranger.revoke(link),
          stranger.revoke(new Made(link.id(), "", own)),
          client.client().request().get(ConnectClient.path(sibling) + "/" + link.id()),
          client.revoke(new Made(link.id(), "", sibling)),
          client.revoke(new Made(NEVER_MADE, "", identity)),
          client.revoke(new Made("sess_01jv3ve1twetnar2zsd0c36jyb", "", identity))
        }) {
      response.then().statusCode(404).body("code", equalTo("not_found"));
    }
    stranger
        .client()
        .request()
        .get(ConnectClient.path(own))
        .then()
        .body("connect_links", hasSize(0));
    assertEquals("pending", client.status(link));
  }

  @Test
  void withoutAConsentThereIsNone() {
    client
        .client()
        .request()
        .get(Client.IDENTITIES + "/" + identity + "/linkedin/consent")
        .then()
        .statusCode(404)
        .body("code", equalTo("no_consent"));
  }

  @Test
  void settingsAreReplacedAsAWhole() {
    ConnectClient other = new ConnectClient(Client.ofNewTenant());
    other
        .client()
        .request()
        .get(ConnectClient.SETTINGS)
        .then()
        .statusCode(200)
        .body("settings.display_name", nullValue())
        .body("settings.redirect_urls", hasSize(0));
    other
        .put(
            Map.of(
                "display_name", "  <b>Acme</b> & Söhne ",
                "redirect_urls", List.of(BACK, BACK, "http://localhost:3000/back"),
                "logo_url", "https://www.example.com/logo.png",
                "accent_color", "#0B5C8A",
                "privacy_url", "https://www.example.com/privacy"))
        .then()
        .statusCode(200)
        .body("settings.display_name", equalTo("<b>Acme</b> & Söhne"))
        .body("settings.redirect_urls", contains(BACK, "http://localhost:3000/back"))
        .body("settings.accent_color", equalTo("#0b5c8a"))
        .body("settings.logo_url", notNullValue());
    other.put(Map.of("display_name", "Acme")).then().statusCode(200);
    other
        .client()
        .request()
        .get(ConnectClient.SETTINGS)
        .then()
        .body("settings.display_name", equalTo("Acme"))
        .body("settings.redirect_urls", hasSize(0))
        .body("settings.logo_url", nullValue())
        .body("settings.accent_color", nullValue())
        .body("settings.privacy_url", nullValue());
    other
        .client()
        .request()
        .get("/v1/audit")
        .then()
        .body("events.action", contains("connect_settings_updated", "connect_settings_updated"))
        .body("events.identity_id", contains(nullValue(), nullValue()));
    assertNotEquals(
        "Acme",
        client.client().request().get(ConnectClient.SETTINGS).path("settings.display_name"));
  }

  static Stream<Map<String, Object>> unfitSettings() {
    String name = "Acme";
    return Stream.of(
        Map.of(),
        Map.of("display_name", ""),
        Map.of("display_name", " \u3164\u200b "),
        Map.of("display_name", "x".repeat(101)),
        Map.of("display_name", "Ac\u0007me"),
        Map.of("display_name", "Ac\u202eme"),
        Map.of("display_name", "\u2066Acme\u2069"),
        Map.of("display_name", "Ac\u2028me"),
        Map.of("display_name", 5),
        Map.of("display_name", name, "redirect_urls", "https://app.example.com/"),
        Map.of("display_name", name, "redirect_urls", List.of("javascript:alert(1)")),
        Map.of("display_name", name, "redirect_urls", List.of("https://10.0.0.1/")),
        Map.of(
            "display_name",
            name,
            "redirect_urls",
            Stream.iterate(0, i -> i + 1).limit(21).map(i -> BACK + i).toList()),
        Map.of("display_name", name, "logo_url", "data:image/png;base64,AAAA"),
        Map.of("display_name", name, "privacy_url", "http://www.example.com/"),
        Map.of("display_name", name, "accent_color", "red"),
        Map.of("display_name", name, "accent_color", "#fff"),
        Map.of("display_name", name, "accent_color", "#0b5c8a;}"));
  }

  @ParameterizedTest
  @MethodSource("unfitSettings")
  void unfitSettingsAreRefusedAndChangeNothing(Map<String, Object> body) {
    client.put(body).then().statusCode(400).body("code", equalTo("invalid_request"));
    client
        .client()
        .request()
        .get(ConnectClient.SETTINGS)
        .then()
        .body("settings.display_name", equalTo("Acme Outreach"));
  }
}
