package ai.pathbound.identities.login.api;

import static ai.pathbound.identities.Client.IDENTITIES;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.DatabaseTime;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Resend and another way, as a client sees them, with the sandbox. */
@QuarkusTest
class WaysOnTest {
  @Inject Pool database;

  private final Client client = Client.ofNewTenant();
  private String identity;

  @BeforeEach
  void anIdentity() {
    identity = client.newIdentity();
  }

  private String linkedIn() {
    return IDENTITIES + "/" + identity + "/linkedin";
  }

  private String awaiting(String tag) {
    String session = client.loggingIn(identity, "ada+" + tag + "@example.com");
    client.settled(identity, session);
    return session;
  }

  private Response resend(String session) {
    return client.request().post(linkedIn() + "/code/" + session + "/resend");
  }

  private Response choose(String session, String kind) {
    return client.json(Map.of("kind", kind)).post(linkedIn() + "/challenge/" + session);
  }

  private void letPass(Duration time) {
    database.query(DatabaseTime.passes(time, client.tenant())).executeAndAwait();
  }

  private static ValidatableResponse refused(Response response, int status, String code) {
    return response.then().statusCode(status).body("code", equalTo(code));
  }

  @ParameterizedTest
  @CsvSource({
    "2fa, , sms_code, false",
    "sms, •••• 42, authenticator_code, true",
    "emailcode, a•••@example.com, , true",
    "app, , , false",
    "email, , , false"
  })
  void aChallengeSaysWhatElseThereIs(String tag, String sentTo, String other, boolean canResend) {
    String session = awaiting(tag);
    JsonPath asked = client.settled(identity, session);
    String challenge = "login_result.challenge.";
    assertEquals(sentTo, asked.getString(challenge + "sent_to"));
    assertEquals(
        other == null ? List.of() : List.of(other), asked.getList(challenge + "alternatives"));
    assertEquals(canResend, asked.getBoolean(challenge + "can_resend"));
    assertEquals(canResend, asked.getString(challenge + "resend_at") != null);
    if (canResend) {
      assertEquals(
          Duration.ofSeconds(60),
          Duration.between(
              Instant.parse(asked.getString("login_result.updated_at")),
              Instant.parse(asked.getString(challenge + "resend_at"))));
    }
  }

  @Test
  void aCodeIsSentAgainAndTheClockGoesOn() {
    String session = awaiting("sms");
    letPass(Duration.ofSeconds(61));
    String expires =
        client.settled(identity, session).getString("login_result.challenge.expires_at");
    resend(session)
        .then()
        .statusCode(200)
        .body(startsWith("{\"status\":\"success\""))
        .body("identity_id", equalTo(identity))
        .body("login_result.session_id", equalTo(session))
        .body("login_result.status", equalTo("running"))
        .body("login_result.challenge", nullValue());
    JsonPath again = client.settled(identity, session);
    assertEquals("sms_code", again.getString("login_result.challenge.kind"));
    assertEquals(expires, again.getString("login_result.challenge.expires_at"));
    assertEquals(5, again.getInt("login_result.challenge.attempts_remaining"));
    client.code(identity, session, "123456").then().statusCode(200);
    assertEquals("completed", client.ended(identity, session).get("login_result.status"));
  }

  @Test
  void aResendTooSoonOrAFourthTimeIsRefused() {
    String session = awaiting("emailcode");
    String retryAfter =
        refused(resend(session), 429, "resend_too_soon").extract().header("Retry-After");
    assertTrue(Integer.parseInt(retryAfter) <= 60 && Integer.parseInt(retryAfter) > 30, retryAfter);
    for (int time = 1; time <= 3; time++) {
      letPass(Duration.ofSeconds(61));
      assertTrue(client.settled(identity, session).getBoolean("login_result.challenge.can_resend"));
      resend(session).then().statusCode(200);
      client.settled(identity, session);
    }
    letPass(Duration.ofSeconds(61));
    JsonPath last = client.settled(identity, session);
    assertFalse(last.getBoolean("login_result.challenge.can_resend"));
    assertEquals(null, last.getString("login_result.challenge.resend_at"));
    assertEquals(
        null, refused(resend(session), 429, "resend_too_soon").extract().header("Retry-After"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2fa", "app", "email"})
  void whatCannotBeSentAgainIsNot(String tag) {
    String session = awaiting(tag + (tag.equals("2fa") ? "" : "+never"));
    refused(resend(session), 409, "resend_unavailable");
  }

  @Test
  void anotherWayIsChosenAndAWayBack() {
    String session = awaiting("2fa");
    choose(session, "sms_code")
        .then()
        .statusCode(200)
        .body("login_result.status", equalTo("running"));
    JsonPath text = client.settled(identity, session);
    assertEquals("sms_code", text.getString("login_result.challenge.kind"));
    assertEquals("•••• 42", text.getString("login_result.challenge.sent_to"));
    client.code(identity, session, "000000").then().statusCode(200);
    client.settled(identity, session);
    choose(session, "authenticator_code").then().statusCode(200);
    JsonPath app = client.settled(identity, session);
    assertEquals("authenticator_code", app.getString("login_result.challenge.kind"));
    assertEquals(4, app.getInt("login_result.challenge.attempts_remaining"));
    assertEquals(null, app.getString("login_result.challenge.error"));
    client.code(identity, session, "123456").then().statusCode(200);
    assertEquals("completed", client.ended(identity, session).get("login_result.status"));
  }

  @Test
  void aWayThatIsNotOfferedIsRefusedAndABodyThatNamesNone() {
    String session = awaiting("2fa");
    refused(choose(session, "email_code"), 409, "alternative_unavailable");
    refused(choose(session, "authenticator_code"), 409, "alternative_unavailable");
    refused(choose(session, "carrier_pigeon"), 400, "invalid_request")
        .body("details.field", contains("kind"));
    refused(
        client.json(Map.of()).post(linkedIn() + "/challenge/" + session), 400, "invalid_request");
    refused(
        client.json(Map.of("kind", 1)).post(linkedIn() + "/challenge/" + session),
        400,
        "invalid_request");
    assertEquals("awaiting_2fa", client.settled(identity, session).get("login_result.status"));
  }

  @Test
  void aLoginThatHasEndedIsAskedForNothing() {
    String session = awaiting("2fa");
    client.code(identity, session, "123456").then().statusCode(200);
    client.ended(identity, session);
    refused(resend(session), 409, "resend_unavailable");
    refused(choose(session, "sms_code"), 409, "alternative_unavailable");
    String failed = client.loggingIn(identity, "ada+rejected@example.com");
    client.ended(identity, failed);
    refused(resend(failed), 409, "resend_unavailable");
    refused(choose(failed, "sms_code"), 409, "alternative_unavailable");
  }

  @Test
  void theVersionGrowsWithEachOfThem() {
    String session = awaiting("2fa");
    long before = version(session);
    choose(session, "sms_code").then().statusCode(200);
    client.settled(identity, session);
    assertTrue(version(session) >= before + 2);
  }

  private long version(String session) {
    return Long.parseLong(
        client.request().get(Client.status(identity, session)).header("ETag").replace("\"", ""));
  }

  @Test
  void theTrailTellsOfThem() {
    String session = awaiting("2fa");
    choose(session, "sms_code").then().statusCode(200);
    client.settled(identity, session);
    letPass(Duration.ofSeconds(61));
    resend(session).then().statusCode(200);
    client.settled(identity, session);
    client.request().delete(linkedIn() + "/sessions/" + session).then().statusCode(200);
    client.request().delete(linkedIn() + "/sessions/" + session).then().statusCode(200);
    JsonPath trail =
        client.request().get("/v1/audit?identity_id=" + identity).then().extract().jsonPath();
    assertEquals(
        List.of(
            "identity_created",
            "login_started",
            "challenge_chosen",
            "resend_requested",
            "login_cancelled",
            "login_ended"),
        trail.<String>getList("events.action").stream()
            .sorted(java.util.Comparator.comparing(ORDER::indexOf))
            .toList());
    assertFalse(trail.prettify().contains("•"), "where a code went is nobody's business");
  }

  private static final List<String> ORDER =
      List.of(
          "identity_created",
          "login_started",
          "challenge_chosen",
          "resend_requested",
          "login_cancelled",
          "login_ended");

  @Test
  void loginsAreListedNewestFirstInPages() {
    client.request().get(linkedIn() + "/sessions").then().body("sessions", empty());
    String first = awaiting("rejected");
    String second = awaiting("2fa");
    String third = awaiting("sms");
    client
        .request()
        .get(linkedIn() + "/sessions")
        .then()
        .statusCode(200)
        .body(startsWith("{\"status\":\"success\""))
        .body("identity_id", equalTo(identity))
        .body("sessions.session_id", contains(third, second, first))
        .body("sessions.status", contains("awaiting_2fa", "failed", "failed"))
        .body("sessions[0].challenge.kind", equalTo("sms_code"))
        .body("sessions.error_code", contains(null, "superseded", "credentials_rejected"))
        .body("pagination.limit", equalTo(1000))
        .body("pagination.next_after", nullValue());
    String next =
        client
            .request()
            .get(linkedIn() + "/sessions?limit=2")
            .then()
            .body("sessions.session_id", contains(third, second))
            .body("pagination.next_after", equalTo(second))
            .extract()
            .header("Link");
    String path = next.substring(1, next.indexOf('>'));
    assertEquals(linkedIn() + "/sessions?after=" + second + "&limit=2", path);
    assertTrue(next.endsWith("; rel=\"next\""), next);
    client
        .request()
        .get(path)
        .then()
        .body("sessions.session_id", contains(first))
        .body("pagination.next_after", nullValue());
    client
        .request()
        .get(linkedIn() + "/sessions?status=failed&limit=1")
        .then()
        .body("sessions.session_id", contains(second))
        .body("pagination.next_after", equalTo(second));
    client
        .request()
        .get(linkedIn() + "/sessions?status=queued")
        .then()
        .body("sessions", hasSize(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"status=done", "status=Failed", "limit=0", "limit=1001", "after=x", "after=li_1"})
  void aQueryThatMakesNoSenseIsRefused(String query) {
    refused(client.request().get(linkedIn() + "/sessions?" + query), 400, "invalid_request");
  }

  @Test
  void aLoginIsCancelledAlsoWhenAskedAgain() {
    String session = awaiting("2fa");
    for (int time = 0; time < 2; time++) {
      client
          .request()
          .delete(linkedIn() + "/sessions/" + session)
          .then()
          .statusCode(200)
          .body("identity_id", equalTo(identity))
          .body("login_result.session_id", equalTo(session))
          .body("login_result.status", equalTo("failed"))
          .body("login_result.error_code", equalTo("cancelled"))
          .body("login_result.challenge", nullValue());
    }
    client
        .code(identity, session, "123456")
        .then()
        .statusCode(409)
        .body("code", equalTo("cancelled"));
  }

  @Test
  void aLoginThatEndedOtherwiseIsNotCancelled() {
    String session = client.connect(identity, "ada@example.com");
    refused(client.request().delete(linkedIn() + "/sessions/" + session), 409, "session_ended");
    assertTrue(client.identity(identity).getBoolean("identity.linkedin.connected"));
    String newer = awaiting("2fa");
    refused(client.request().delete(linkedIn() + "/sessions/" + session), 409, "session_ended");
    assertEquals("awaiting_2fa", client.settled(identity, newer).get("login_result.status"));
    client.request().delete(linkedIn() + "/sessions/" + newer).then().statusCode(200);
    assertTrue(client.identity(identity).getBoolean("identity.linkedin.connected"));
  }
}
