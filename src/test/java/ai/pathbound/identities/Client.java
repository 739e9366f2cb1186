package ai.pathbound.identities;

import static io.restassured.RestAssured.given;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;

/**
 * A client of the API, acting for one tenant.
 *
 * @param tenant its tenant
 * @param scope its scopes
 */
public record Client(String tenant, String scope) {
  /** The path of the identities. */
  public static final String IDENTITIES = "/v1/identities";

  private static final String WAIT = "wait=20";

  /** A client of a tenant that nobody else uses. */
  public static Client ofNewTenant() {
    return new Client("tenant-" + UUID.randomUUID(), Tokens.BOTH);
  }

  /** The same tenant's client with other scopes. */
  public Client withScope(String other) {
    return new Client(tenant, other);
  }

  /** A request with its token. */
  public RequestSpecification request() {
    return given().auth().oauth2(Tokens.of(tenant, "tester", scope));
  }

  /** A request with its token and a JSON body. */
  public RequestSpecification json(Object body) {
    return request().contentType(ContentType.JSON).body(body);
  }

  /** Creates an identity; its id. */
  public String newIdentity() {
    return json(Map.of("firstName", "Ada", "lastName", "Lovelace", "role", "CTO"))
        .post(IDENTITIES)
        .then()
        .statusCode(201)
        .extract()
        .path("identity.identity_id");
  }

  /** The identity object. */
  public JsonPath identity(String id) {
    return request().get(IDENTITIES + "/" + id).then().statusCode(200).extract().jsonPath();
  }

  /** Starts a login with any password; whatever is answered. */
  public Response login(String identity, String username) {
    return login(identity, Map.of("username", username, "password", "any password"));
  }

  /** Starts a login with that body; whatever is answered. */
  public Response login(String identity, Map<String, Object> body) {
    return json(body).post(IDENTITIES + "/" + identity + "/linkedin/login");
  }

  /** Starts a login that is accepted; its session id. */
  public String loggingIn(String identity, String username) {
    return loggingIn(identity, username, Map.of());
  }

  /** Starts a login with more fields that is accepted; its session id. */
  public String loggingIn(String identity, String username, Map<String, Object> more) {
    Map<String, Object> body = new HashMap<>(more);
    body.put("username", username);
    body.put("password", "any password");
    return login(identity, body).then().statusCode(200).extract().path("login_result.session_id");
  }

  /** How a login stands once it is the person's turn or over. */
  public JsonPath settled(String identity, String session) {
    return request()
        .header("Prefer", WAIT)
        .get(status(identity, session))
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  /** How a login stands once it has ended. */
  public JsonPath ended(String identity, String session) {
    return Awaitility.await()
        .atMost(java.time.Duration.ofSeconds(30))
        .until(
            () -> settled(identity, session),
            result ->
                result.getString("login_result.status").equals("completed")
                    || result.getString("login_result.status").equals("failed"));
  }

  /** Gives a code; whatever is answered. */
  public Response code(String identity, String session, String code) {
    return json(Map.of("code", code))
        .post(IDENTITIES + "/" + identity + "/linkedin/code/" + session);
  }

  /** Asks whether it is connected; whatever is answered. */
  public Response check(String identity) {
    return request().get(IDENTITIES + "/" + identity + "/linkedin/check");
  }

  /** Connects an identity; the login's session id. */
  public String connect(String identity, String username) {
    String session = loggingIn(identity, username);
    JsonPath result = ended(identity, session);
    if (!result.getString("login_result.status").equals("completed")) {
      throw new AssertionError("expected a completed login, found " + result.prettify());
    }
    return session;
  }

  /** Opens the stream of a login. */
  public EventStream stream(String identity, String session) {
    return stream(identity, session, Optional.empty());
  }

  /** Opens the stream of a login again. */
  public EventStream stream(String identity, String session, Optional<String> lastEventId) {
    return EventStream.open(
        RestAssured.baseURI + ":" + RestAssured.port + status(identity, session),
        Tokens.of(tenant, "tester", scope),
        lastEventId);
  }

  /** The path of a login's status. */
  public static String status(String identity, String session) {
    return IDENTITIES + "/" + identity + "/linkedin/status/" + session;
  }
}
