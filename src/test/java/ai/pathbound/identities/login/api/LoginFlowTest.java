package ai.pathbound.identities.login.api;

import static ai.pathbound.identities.Client.IDENTITIES;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connecting LinkedIn, as a client sees it: every outcome that the sandbox plays. */
@QuarkusTest
class LoginFlowTest {
  private final Client client = Client.ofNewTenant();
  private String identity;

  @BeforeEach
  void anIdentity() {
    identity = client.newIdentity();
  }

  @Test
  void anAcceptedLoginIsQueuedAndAnsweredAsTheSeedSays() {
    client
        .login(identity, Map.of("username", "ada@example.com", "password", "p"))
        .then()
        .statusCode(200)
        .body(startsWith("{\"status\":\"success\""))
        .body("message", equalTo("LinkedIn login initiated"))
        .body("identity_id", equalTo(identity))
        .body("login_result.profile_id", matchesPattern("li_[0-9a-z]{26}"))
        .body("login_result.session_id", matchesPattern("sess_[0-9a-z]{26}"))
        .body("login_result.status", equalTo("queued"))
        .body("login_result", hasKey("challenge"))
        .body("login_result.challenge", nullValue())
        .body("login_result.error", nullValue())
        .body("login_result.error_code", nullValue())
        .body("login_result.error_status", nullValue())
        .body("login_result.created_at", notNullValue())
        .body("login_result.updated_at", notNullValue());
  }

  @Test
  void aPlainLoginCompletesAndConnectsTheIdentity() {
    String session = client.loggingIn(identity, "ada@example.com");
    JsonPath result = client.settled(identity, session);
    assertEquals("completed", result.getString("login_result.status"));
    assertNull(result.get("login_result.challenge"));

    JsonPath found = client.identity(identity);
    assertTrue(found.getBoolean("identity.linkedin.connected"));
    assertEquals("US", found.getString("identity.linkedin.country"));
    assertNotNull(found.getString("identity.linkedin.connected_at"));
    assertEquals(
        result.getString("login_result.profile_id"),
        found.getString("identity.linkedin.profile_id"));
    client
        .check(identity)
        .then()
        .statusCode(200)
        .body("status", equalTo("success"))
        .body("connected", equalTo(true))
        .body("profile_id", equalTo(result.getString("login_result.profile_id")))
        .body("checked_at", matchesPattern(".*\\.\\d{3}Z"));
  }

  @ParameterizedTest
  @CsvSource({"2fa,authenticator_code", "sms,sms_code", "emailcode,email_code"})
  void aChallengeIsAnsweredWithItsCode(String tag, String kind) {
    String session = client.loggingIn(identity, "ada+" + tag + "@example.com");
    JsonPath asked = client.settled(identity, session);
    assertEquals("awaiting_2fa", asked.getString("login_result.status"));
    assertEquals(kind, asked.getString("login_result.challenge.kind"));
    assertEquals(5, asked.getInt("login_result.challenge.attempts_remaining"));
    assertNull(asked.get("login_result.challenge.error"));
    Instant expires = Instant.parse(asked.getString("login_result.challenge.expires_at"));
    Instant since = Instant.parse(asked.getString("login_result.updated_at"));
    assertEquals(Duration.ofSeconds(600), Duration.between(since, expires));

    client
        .code(identity, session, "123456")
        .then()
        .statusCode(200)
        .body(startsWith("{\"status\":\"success\""))
        .body("login_result.status", not(equalTo("awaiting_2fa")))
        .body("login_result.challenge", nullValue());
    assertEquals("completed", client.settled(identity, session).get("login_result.status"));
  }

  @Test
  void aWrongCodeIsAskedForAgainWithOneAttemptLess() {
    String session = client.loggingIn(identity, "ada+2fa@example.com");
    client.settled(identity, session);
    client.code(identity, session, "000000").then().statusCode(200);
    JsonPath again = client.settled(identity, session);
    assertEquals("awaiting_2fa", again.getString("login_result.status"));
    assertEquals(4, again.getInt("login_result.challenge.attempts_remaining"));
    assertNotNull(again.getString("login_result.challenge.error"));
    client.code(identity, session, "123456").then().statusCode(200);
    assertEquals("completed", client.settled(identity, session).get("login_result.status"));
  }

  @Test
  void fiveWrongCodesEndTheLogin() {
    String session = client.loggingIn(identity, "ada+2fa@example.com");
    for (int i = 0; i < 5; i++) {
      client.settled(identity, session);
      client.code(identity, session, "00000" + i).then().statusCode(200);
    }
    requireFailed(client.settled(identity, session), "too_many_codes", 400);
    client
        .code(identity, session, "123456")
        .then()
        .statusCode(400)
        .body("code", equalTo("too_many_codes"));
  }

  @Test
  void oneLoginMayAskTwice() {
    String session = client.loggingIn(identity, "ada+2fa+sms@example.com");
    client.settled(identity, session);
    client.code(identity, session, "123456").then().statusCode(200);
    JsonPath second = client.settled(identity, session);
    assertEquals("sms_code", second.getString("login_result.challenge.kind"));
    assertEquals(4, second.getInt("login_result.challenge.attempts_remaining"));
    client.code(identity, session, "123456").then().statusCode(200);
    assertEquals("completed", client.settled(identity, session).get("login_result.status"));
  }

  @ParameterizedTest
  @CsvSource({"app,awaiting_2fa,app_approval", "email,awaiting_email,email_link"})
  void aConfirmationLetsTheLoginGoOnByItself(String tag, String status, String kind) {
    String session = client.loggingIn(identity, "ada+" + tag + "@example.com");
    JsonPath asked = client.settled(identity, session);
    assertEquals(status, asked.getString("login_result.status"));
    assertEquals(kind, asked.getString("login_result.challenge.kind"));
    client
        .code(identity, session, "123456")
        .then()
        .statusCode(409)
        .body("code", equalTo("no_code_expected"));
    TestClock.confirm();
    assertEquals("completed", client.ended(identity, session).get("login_result.status"));
  }

  @Test
  void anEmailLinkThatNobodyFollowsTimesOut() {
    String session =
        client.loggingIn(
            identity, "ada+never@example.com", Map.of("max_verification_wait_time", 1));
    JsonPath ended = client.ended(identity, session);
    requireFailed(ended, "verification_timeout", 408);
    client
        .code(identity, session, "123456")
        .then()
        .statusCode(408)
        .body("code", equalTo("verification_timeout"))
        .header("WWW-Authenticate", nullValue());
  }

  @ParameterizedTest
  @CsvSource({
    "rejected,credentials_rejected,401",
    "locked,account_locked,423",
    "captcha,captcha_required,403",
    "unknown,unknown_challenge,403",
    "down,linkedin_unavailable,502"
  })
  void aFailedLoginSaysWhyInItsStatusAndAsTheAnswerToACode(String tag, String code, int status) {
    String session = client.loggingIn(identity, "ada+" + tag + "@example.com");
    requireFailed(client.settled(identity, session), code, status);
    client
        .code(identity, session, "123456")
        .then()
        .statusCode(status)
        .body("status", equalTo("error"))
        .body("code", equalTo(code))
        .body("error", notNullValue())
        // LinkedIn's 401 says nothing about the client's token.
        .header("WWW-Authenticate", nullValue());
    assertFalse(client.identity(identity).getBoolean("identity.linkedin.connected"));
  }

  @Test
  void tagsArePlayedInOrder() {
    String session = client.loggingIn(identity, "ada+2fa+locked@example.com");
    assertEquals("awaiting_2fa", client.settled(identity, session).get("login_result.status"));
    client.code(identity, session, "123456").then().statusCode(200);
    requireFailed(client.settled(identity, session), "account_locked", 423);
  }

  @Test
  void aRunningLoginIsNotDisturbed() {
    String session = client.loggingIn(identity, "ada+slow@example.com");
    Awaitility.await()
        .until(
            () ->
                client.request().get(Client.status(identity, session)).path("login_result.status"),
            equalTo("running"));
    client
        .login(identity, "ada@example.com")
        .then()
        .statusCode(409)
        .body("code", equalTo("login_in_progress"))
        .body("details", contains(Map.of("field", "session_id", "message", session)))
        .header("Retry-After", matchesPattern("\\d+"));
    client
        .code(identity, session, "123456")
        .then()
        .statusCode(409)
        .body("code", equalTo("no_code_expected"));
    assertEquals("completed", client.settled(identity, session).get("login_result.status"));
  }

  @Test
  void aNewLoginEndsOneThatWaits() {
    String first = client.loggingIn(identity, "ada+2fa@example.com");
    client.settled(identity, first);
    String second = client.loggingIn(identity, "ada@example.com");
    requireFailed(client.settled(identity, first), "superseded", 409);
    assertEquals("completed", client.settled(identity, second).get("login_result.status"));
  }

  @Test
  void aLoginWithoutCredentialsNeedsAStoredSession() {
    client
        .login(identity, Map.of())
        .then()
        .statusCode(400)
        .body("code", equalTo("credentials_required"));
    // A failed first login leaves a profile, but no session.
    client.settled(identity, client.loggingIn(identity, "ada+rejected@example.com"));
    client
        .login(identity, Map.of())
        .then()
        .statusCode(400)
        .body("code", equalTo("credentials_required"));
  }

  @Test
  void aReLoginGoesOnWithTheStoredSessionAndKeepsTheProfile() {
    String first = client.connect(identity, "ada@example.com");
    String profile = client.settled(identity, first).getString("login_result.profile_id");
    String second =
        client
            .request()
            .post(IDENTITIES + "/" + identity + "/linkedin/login")
            .then()
            .statusCode(200)
            .body("login_result.profile_id", equalTo(profile))
            .extract()
            .path("login_result.session_id");
    assertEquals("completed", client.settled(identity, second).get("login_result.status"));
  }

  @Test
  void aReLoginGoesOutFromTheProfilesOwnCountry() {
    String session = client.loggingIn(identity, "ada@example.com", Map.of("country", "de"));
    client.settled(identity, session);
    assertEquals("DE", client.identity(identity).getString("identity.linkedin.country"));
    client.settled(identity, client.loggingIn(identity, "ada@example.com"));
    assertEquals("DE", client.identity(identity).getString("identity.linkedin.country"));
  }

  @Test
  void aSessionThatLinkedInNoLongerHonoursIsToldByACheckAndErasedByALogin() {
    client.connect(identity, "ada+expired@example.com");
    client.check(identity).then().statusCode(200).body("connected", equalTo(false));
    assertFalse(client.identity(identity).getBoolean("identity.linkedin.connected"));
    // The check erased nothing: this login still has a session to try.
    String session =
        client
            .login(identity, Map.of())
            .then()
            .statusCode(200)
            .extract()
            .path("login_result.session_id");
    requireFailed(client.settled(identity, session), "session_expired", 401);
    client
        .login(identity, Map.of())
        .then()
        .statusCode(400)
        .body("code", equalTo("credentials_required"));
  }

  @Test
  void aReLoginAsAnotherMemberFailsAndLeavesTheStoredSessionAlone() {
    client.connect(identity, "ada@example.com");
    String other = client.loggingIn(identity, "eve@example.com");
    requireFailed(client.settled(identity, other), "wrong_account", 409);
    client.check(identity).then().statusCode(200).body("connected", equalTo(true));
    String again =
        client
            .login(identity, Map.of())
            .then()
            .statusCode(200)
            .extract()
            .path("login_result.session_id");
    assertEquals("completed", client.settled(identity, again).get("login_result.status"));
  }

  @Test
  void disconnectingEndsALoginUnderWayAndErasesTheSession() {
    client.connect(identity, "ada@example.com");
    String profile = client.identity(identity).getString("identity.linkedin.profile_id");
    String waiting = client.loggingIn(identity, "ada+2fa@example.com");
    client.settled(identity, waiting);
    client
        .request()
        .delete(IDENTITIES + "/" + identity + "/linkedin")
        .then()
        .statusCode(200)
        .body("status", equalTo("success"))
        .body("message", notNullValue())
        .body("identity_id", equalTo(identity));
    requireFailed(client.settled(identity, waiting), "cancelled", 409);
    client
        .check(identity)
        .then()
        .body("connected", equalTo(false))
        .body("profile_id", equalTo(profile));
    client.login(identity, Map.of()).then().statusCode(400);
    client.request().delete(IDENTITIES + "/" + identity + "/linkedin").then().statusCode(200);
  }

  @Test
  void afterADisconnectAnotherAccountMayBeConnected() {
    client.connect(identity, "ada@example.com");
    client.request().delete(IDENTITIES + "/" + identity + "/linkedin").then().statusCode(200);
    client.connect(identity, "eve@example.com");
    client.check(identity).then().body("connected", equalTo(true));
  }

  @Test
  void afterAnExpiredSessionTheMemberIsStillTheOneExpected() {
    client.connect(identity, "ada+expired@example.com");
    String expired =
        client
            .login(identity, Map.of())
            .then()
            .statusCode(200)
            .extract()
            .path("login_result.session_id");
    requireFailed(client.settled(identity, expired), "session_expired", 401);
    requireFailed(
        client.settled(identity, client.loggingIn(identity, "eve@example.com")),
        "wrong_account",
        409);
    client.connect(identity, "ada@example.com");
  }

  @Test
  void deletingTheIdentityEndsItsLogin() {
    String waiting = client.loggingIn(identity, "ada+2fa@example.com");
    client.settled(identity, waiting);
    client.request().delete(IDENTITIES + "/" + identity).then().statusCode(200);
    client.request().get(Client.status(identity, waiting)).then().statusCode(404);
    client.code(identity, waiting, "123456").then().statusCode(404);
  }

  @Test
  void aCheckBeforeAnyLoginSaysNo() {
    client
        .check(identity)
        .then()
        .statusCode(200)
        .body("connected", equalTo(false))
        .body("$", hasKey("profile_id"))
        .body("profile_id", nullValue());
  }

  @Test
  void aStatusThatIsNotFinalSaysWhenToAskAgain() {
    String session = client.loggingIn(identity, "ada+2fa@example.com");
    client.settled(identity, session);
    client
        .request()
        .get(Client.status(identity, session))
        .then()
        .header("Retry-After", equalTo("2"));
    client.code(identity, session, "123456");
    client.settled(identity, session);
    client
        .request()
        .get(Client.status(identity, session))
        .then()
        .header("Retry-After", nullValue());
  }

  @Test
  void preferWaitHoldsTheAnswerUntilItIsThePersonsTurn() {
    client
        .json(Map.of("username", "ada+2fa@example.com", "password", "p"))
        .header("Prefer", "respond-async, wait=20")
        .post(IDENTITIES + "/" + identity + "/linkedin/login")
        .then()
        .statusCode(200)
        .header("Preference-Applied", equalTo("wait=20"))
        .body("message", equalTo("LinkedIn login initiated"))
        .body("login_result.status", equalTo("awaiting_2fa"));
  }

  @Test
  void preferWaitIsClampedToAMinuteAndIgnoredWhereItMakesNoSense() {
    String session = client.connect(identity, "ada@example.com");
    client
        .request()
        .header("Prefer", "wait=4000")
        .get(Client.status(identity, session))
        .then()
        .header("Preference-Applied", equalTo("wait=60"));
    client
        .request()
        .header("Prefer", "wait=soon")
        .get(Client.status(identity, session))
        .then()
        .statusCode(200)
        .header("Preference-Applied", nullValue());
  }

  @Test
  void aLoginAnswers200EvenWhereLinkedInRejectsIt() {
    client
        .json(Map.of("username", "ada+rejected@example.com", "password", "p"))
        .header("Prefer", "wait=20")
        .post(IDENTITIES + "/" + identity + "/linkedin/login")
        .then()
        .statusCode(200)
        .body("status", equalTo("success"))
        .body("login_result.error_status", equalTo(401));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"username\":\"a@b.c\"}|password",
        "{\"password\":\"p\"}|username",
        "{\"username\":\" \",\"password\":\"p\"}|username",
        "{\"username\":\"a@b.c\",\"password\":\"\"}|password",
        "{\"username\":null,\"password\":\"p\"}|username",
        "{\"username\":1,\"password\":\"p\"}|username",
        "{\"country\":\"XX\"}|country",
        "{\"country\":\"USA\"}|country",
        "{\"country\":\"UK\"}|country",
        "{\"country\":\"\"}|country",
        "{\"max_verification_wait_time\":0}|max_verification_wait_time",
        "{\"max_verification_wait_time\":3601}|max_verification_wait_time",
        "{\"max_verification_wait_time\":1.5}|max_verification_wait_time",
        "{\"max_verification_wait_time\":\"600\"}|max_verification_wait_time",
        "{\"max_verification_wait_time\":99999999999}|max_verification_wait_time"
      })
  void aWrongLoginIsA400ThatNamesItsField(String body, String field) {
    client
        .json(body)
        .post(IDENTITIES + "/" + identity + "/linkedin/login")
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid_request"))
        .body("details", hasItem(hasEntry("field", field)));
  }

  @Test
  void lengthsOfCredentialsAreBounded() {
    client
        .login(identity, Map.of("username", "a".repeat(321), "password", "p"))
        .then()
        .statusCode(400);
    client
        .login(identity, Map.of("username", "a", "password", "p".repeat(1025)))
        .then()
        .statusCode(400);
    client
        .login(identity, Map.of("username", " " + "a".repeat(320), "password", " ".repeat(1024)))
        .then()
        .statusCode(200);
  }

  @Test
  void aCountryWithoutAWayOutIsRefused() {
    client
        .login(identity, Map.of("username", "a@b.c", "password", "p", "country", "aq"))
        .then()
        .statusCode(400)
        .body("code", equalTo("country_unavailable"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"code\":\"\"}",
        "{\"code\":\"   \"}",
        "{\"code\":\"123\"}",
        "{\"code\":\"12345678901\"}",
        "{\"code\":\"12 456\"}",
        "{\"code\":\"\u0661\u0662\u0663\u0664\"}",
        "{\"code\":123456}",
        "{\"code\":null}"
      })
  void aCodeThatCannotBeOneIsA400(String body) {
    String session = client.loggingIn(identity, "ada+2fa@example.com");
    client.settled(identity, session);
    client
        .json(body)
        .post(IDENTITIES + "/" + identity + "/linkedin/code/" + session)
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid_request"))
        .body("details", hasItem(hasEntry("field", "code")));
    assertEquals(
        5,
        client.settled(identity, session).getInt("login_result.challenge.attempts_remaining"),
        "a refused code is no attempt");
  }

  @Test
  void anIdentityMayLogInTwentyTimesAnHour() {
    String last = null;
    for (int i = 0; i < 20; i++) {
      last = client.loggingIn(identity, "ada+2fa@example.com");
      // Until it waits for the person: a running login is not superseded.
      client.settled(identity, last);
    }
    client
        .login(identity, "ada@example.com")
        .then()
        .statusCode(429)
        .body("code", equalTo("too_many_logins"))
        .header("Retry-After", matchesPattern("3[45]\\d\\d|3600"));
    assertEquals("awaiting_2fa", client.settled(identity, last).get("login_result.status"));
  }

  @Test
  void aLockedAccountCoolsDown() {
    client.settled(identity, client.loggingIn(identity, "ada+locked@example.com"));
    client
        .login(identity, "ada@example.com")
        .then()
        .statusCode(429)
        .body("code", equalTo("too_many_logins"))
        .body("error", containsString("linkedin.com"))
        .header("Retry-After", matchesPattern("5\\d\\d|600"));
  }

  private static void requireFailed(JsonPath result, String code, int status) {
    assertEquals("failed", result.getString("login_result.status"));
    assertEquals(code, result.getString("login_result.error_code"));
    assertEquals(status, result.getInt("login_result.error_status"));
    assertNotNull(result.getString("login_result.error"));
    assertNull(result.get("login_result.challenge"));
  }

  @Test
  void aSessionOfAnotherBrowserIsNotTakenUnlessTheOperatorSaysSo() {
    String identity = client.newIdentity();
    Map<String, Object> cookie = Map.of("session_cookie", "sandbox:ada@example.com");
    client
        .login(identity, cookie)
        .then()
        .statusCode(400)
        .body("code", equalTo("cookie_login_unavailable"));
    client
        .login(identity, Map.of("session_cookie", "AQ", "password", "any"))
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid_request"));
    Client.ofNewTenant().login(identity, cookie).then().statusCode(404);
    client
        .request()
        .get(Client.IDENTITIES + "/" + identity + "/linkedin/sessions")
        .then()
        .body("sessions.size()", equalTo(0));
  }
}
