package ai.pathbound.identities.tenant;

import static ai.pathbound.identities.Client.IDENTITIES;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.Client;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two tenants against each other: another tenant's thing does not exist. */
@QuarkusTest
class TenancyTest {
  private static final String NEVER_MADE = "id_01jv3ve1twetnar2zsd0c36jyb";
  private static final String NEVER_STARTED = "sess_01jv3ve1twetnar2zsd0c36jyb";
  private static final Map<String, String> CREDENTIALS =
      Map.of("username", "ada@example.com", "password", "p");

  /** A call for an identity and one of its sessions. */
  private interface TenantCall extends BiFunction<Client, String[], Response> {}

  static Stream<Arguments> calls() {
    return Stream.of(
        call("get", (c, ids) -> c.request().get(IDENTITIES + "/" + ids[0])),
        call("update", (c, ids) -> c.json(Map.of("role", "R")).put(IDENTITIES + "/" + ids[0])),
        call("delete", (c, ids) -> c.request().delete(IDENTITIES + "/" + ids[0])),
        call("login", (c, ids) -> c.json(CREDENTIALS).post(linkedIn(ids) + "/login")),
        call("status", (c, ids) -> c.request().get(linkedIn(ids) + "/status/" + ids[1])),
        call(
            "code",
            (c, ids) -> c.json(Map.of("code", "123456")).post(linkedIn(ids) + "/code/" + ids[1])),
        call("resend", (c, ids) -> c.request().post(linkedIn(ids) + "/code/" + ids[1] + "/resend")),
        call(
            "choose",
            (c, ids) ->
                c.json(Map.of("kind", "sms_code")).post(linkedIn(ids) + "/challenge/" + ids[1])),
        call("list sessions", (c, ids) -> c.request().get(linkedIn(ids) + "/sessions")),
        call("cancel", (c, ids) -> c.request().delete(linkedIn(ids) + "/sessions/" + ids[1])),
        call("check", (c, ids) -> c.request().get(linkedIn(ids) + "/check")),
        call("disconnect", (c, ids) -> c.request().delete(linkedIn(ids))),
        call("make a link", (c, ids) -> c.json(Map.of()).post(linkedIn(ids) + "/connect-links")),
        call("list links", (c, ids) -> c.request().get(linkedIn(ids) + "/connect-links")),
        call("consent", (c, ids) -> c.request().get(linkedIn(ids) + "/consent")));
  }

  private static Arguments call(String name, TenantCall call) {
    return Arguments.of(name, call);
  }

  private static String linkedIn(String[] ids) {
    return IDENTITIES + "/" + ids[0] + "/linkedin";
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("calls")
  void anotherTenantsThingIsAnsweredLikeOneThatNeverExisted(String name, TenantCall call) {
    Client owner = Client.ofNewTenant();
    Client stranger = Client.ofNewTenant();
    String identity = owner.newIdentity();
    String session = owner.loggingIn(identity, "ada+2fa@example.com");
    owner.settled(identity, session);
    String before = owner.identity(identity).prettify();

    Response others = call.apply(stranger, new String[] {identity, session});
    Response never = call.apply(stranger, new String[] {NEVER_MADE, NEVER_STARTED});
    assertEquals(404, others.statusCode());
    assertEquals(withoutTime(never), withoutTime(others));

    assertEquals(before, owner.identity(identity).prettify());
    assertEquals("awaiting_2fa", owner.settled(identity, session).get("login_result.status"));
  }

  @Test
  void aSessionOfAnotherIdentityIsNotFound() {
    Client client = Client.ofNewTenant();
    String one = client.newIdentity();
    String other = client.newIdentity();
    String session = client.loggingIn(one, "ada+2fa@example.com");
    client.settled(one, session);
    client.request().get(Client.status(other, session)).then().statusCode(404);
    client.code(other, session, "123456").then().statusCode(404);
    String linkedIn = linkedIn(new String[] {other});
    client.request().post(linkedIn + "/code/" + session + "/resend").then().statusCode(404);
    client
        .json(Map.of("kind", "sms_code"))
        .post(linkedIn + "/challenge/" + session)
        .then()
        .statusCode(404);
    client.request().delete(linkedIn + "/sessions/" + session).then().statusCode(404);
    client.request().get(linkedIn + "/sessions").then().body("sessions", hasSize(0));
  }

  @Test
  void aListHoldsTheTenantsOwnOnly() {
    Client owner = Client.ofNewTenant();
    owner.newIdentity();
    Client.ofNewTenant().request().get(IDENTITIES).then().body("identities", hasSize(0));
    owner.request().get(IDENTITIES).then().body("identities", hasSize(1));
  }

  private static String withoutTime(Response response) {
    return response.asString().replaceAll("\"timestamp\":\"[^\"]+\"", "");
  }
}
