package ai.pathbound.identities.openapi;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.Tokens;
import ai.pathbound.identities.openapi.ApiDocument.ApiCall;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Every call of the OpenAPI document, by everybody whom it must not serve. */
@QuarkusTest
class AccessMatrixTest {
  private static final String NEVER_MADE = "id_01jv3ve1twetnar2zsd0c36jyb";
  private static final String NEVER_STARTED = "sess_01jv3ve1twetnar2zsd0c36jyb";

  /** What has the place of a suffix in malformed ids; the last one is another's prefix. */
  private static final List<String> MALFORMED =
      List.of(
          "x",
          "id_",
          "sess_",
          "%20",
          "%00",
          "null",
          "-1",
          "' or 1=1",
          "id_8zzzzzzzzzzzzzzzzzzzzzzzzz",
          "sess_8zzzzzzzzzzzzzzzzzzzzzzzzz",
          "ID_01JV3VE1TWETNAR2ZSD0C36JYB",
          "id_01jv3ve1twetnar2zsd0c36jy",
          "id_01jv3ve1twetnar2zsd0c36jyb0",
          "id_01jv3ve1twetnar2zsd0c36jyu",
          "0196c7b7-0000-7000-8000-000000000000",
          "x".repeat(2000),
          "li_01jv3ve1twetnar2zsd0c36jyb",
          "%F0%9F%94%91");

  private static final Map<String, Object> ANY_BODY =
      Map.of(
          "firstName",
          "A",
          "lastName",
          "B",
          "role",
          "C",
          "username",
          "ada@example.com",
          "password",
          "p",
          "code",
          "123456");

  private static Response send(RequestSpecification request, ApiCall call, String path) {
    request.urlEncodingEnabled(false);
    if (call.takesBody()) {
      request.contentType(ContentType.JSON).body(ANY_BODY);
    }
    return request.request(call.method(), path.replace(" ", "%20"));
  }

  private static void forEveryCall(Consumer<ApiCall> check) {
    List<ApiCall> calls = ApiDocument.calls();
    assertTrue(calls.size() >= 11, calls.toString());
    calls.forEach(check);
  }

  @Test
  void nobodyComesInWithoutAToken() {
    forEveryCall(
        call ->
            send(RestAssured.given(), call, call.at(NEVER_MADE, NEVER_STARTED))
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer")
                .body("code", equalTo("unauthorized")));
  }

  @Test
  void nobodyComesInWithTheOtherScope() {
    Client owner = Client.ofNewTenant();
    String identity = owner.newIdentity();
    String session = owner.loggingIn(identity, "ada+2fa@example.com");
    owner.settled(identity, session);
    forEveryCall(
        call -> {
          String other =
              call.scope().equals("identities:read") ? "identities:write" : "identities:read";
          for (String scope : new String[] {other, "", "openid profile"}) {
            send(owner.withScope(scope).request(), call, call.at(identity, session))
                .then()
                .statusCode(403)
                .header(
                    "WWW-Authenticate",
                    "Bearer error=\"insufficient_scope\", scope=\"" + call.scope() + "\"")
                .body("code", equalTo("insufficient_scope"));
          }
        });
    owner.identity(identity);
  }

  @Test
  void anotherTenantsThingsAndMalformedIdsAreAnsweredLikeWhatNeverExisted() {
    Client owner = Client.ofNewTenant();
    Client stranger = Client.ofNewTenant();
    String identity = owner.newIdentity();
    String session = owner.loggingIn(identity, "ada+2fa@example.com");
    owner.settled(identity, session);
    String own = stranger.newIdentity();
    String before = owner.identity(identity).prettify();
    forEveryCall(
        call -> {
          if (!call.isOf("identity_id")) {
            return;
          }
          String never = notFound(stranger, call, NEVER_MADE, NEVER_STARTED);
          assertEquals(never, notFound(stranger, call, identity, session), call.toString());
          for (String malformed : MALFORMED) {
            assertEquals(never, notFound(stranger, call, malformed, session), call + malformed);
            if (call.isOf("session_id")) {
              assertEquals(never, notFound(stranger, call, own, malformed), call + malformed);
              assertEquals(never, notFound(stranger, call, own, session), call.toString());
              assertEquals(never, notFound(stranger, call, own, NEVER_STARTED), call.toString());
            }
          }
        });
    assertEquals(before, owner.identity(identity).prettify());
    assertEquals("awaiting_2fa", owner.settled(identity, session).get("login_result.status"));
  }

  private static String notFound(Client client, ApiCall call, String identity, String session) {
    Response response = send(client.request(), call, call.at(identity, session));
    assertEquals(404, response.statusCode(), () -> call.at(identity, session));
    String body = response.asString();
    String withoutTime = body.replaceFirst("\"timestamp\":\"[^\"]+\"", "");
    assertTrue(withoutTime.length() < body.length(), body);
    return withoutTime + response.contentType() + response.header("WWW-Authenticate");
  }

  @Test
  void aTokenOfNoTenantOpensNothing() {
    forEveryCall(
        call ->
            send(
                    RestAssured.given().auth().oauth2(Tokens.of("", "ada", Tokens.BOTH)),
                    call,
                    call.at(NEVER_MADE, NEVER_STARTED))
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer error=\"invalid_token\""));
  }
}
