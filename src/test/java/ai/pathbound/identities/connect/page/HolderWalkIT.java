package ai.pathbound.identities.connect.page;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.connect.ConnectClient;
import ai.pathbound.identities.secret.Sentinels;
import io.restassured.RestAssured;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Holders in a real Chromium, by their keyboards alone, through every state and every tag of the
 * sandbox. Each state is seen in each of four languages, in one combination each of a small or a
 * large screen, light or dark, with or without scripts; in two of them it is reached by hand, in
 * two beside the browser, but for what answers a form. {@code target/connect} has the pictures.
 */
@Tag("faults")
class HolderWalkIT extends HolderWalk {
  private static final String NAME = "Acme <Outreach> & שלום";
  private static final String CODE = "123456";
  private static final String NOBODYS = "/connect/" + "A".repeat(43);
  private static final Duration TOO_LONG = Duration.ofMinutes(11);
  // A little more than a link is looked at in a minute.
  private static final int TOO_OFTEN = 130;

  private static final String ALL_WAYS =
      """
      update login_session set sent_to = 'a•••@example.com', can_resend = true,
        alternatives = array['authenticator_code', 'sms_code', 'email_code', 'app_approval'],
        due_at = now() + interval '1 hour'
      where tenant_id = '%1$s' and status = 'awaiting_email' and worker is null
        and created_at = (select max(created_at) from login_session where tenant_id = '%1$s')
      """;

  private Map<String, Object> settings;

  @Order(1)
  @ParameterizedTest
  @CsvSource({
    "en,1280,true,false,true",
    "de,320,false,true,true",
    "fr,320,true,false,false",
    "es,1280,false,true,false"
  })
  void everyStateIsReadAndUsed(
      String tongue, int width, boolean withScripts, boolean dark, boolean byHand) {
    language = tongue;
    folder = String.join("-", tongue, "" + width, withScripts ? "script" : "plain");
    words = new PageWords(tongue, NAME);
    hands = byHand;
    sql("select resume_logins()");
    client = new ConnectClient(Client.ofNewTenant());
    settings =
        Map.of(
            "display_name",
            NAME,
            "redirect_urls",
            List.of(ConnectClient.BACK),
            "accent_color",
            dark ? "#ffd400" : "#7a1fa2",
            "privacy_url",
            "https://www.example.com/privacy");
    client.put(settings).then().statusCode(200);
    be(width, withScripts, dark);
    codes();
    if (withScripts) {
      confirmations();
      waits();
    } else {
      waitsByHand();
    }
    refusals();
    ends();
    elsewhere();
    limits();
    troubles();
  }

  private void codes() {
    look();
    picture("consent");
    open();
    sees("credentials", "credentialsTitle", "credentialsPassword");
    submit(" ", Sentinels.PASSWORD);
    seesHere("credentials-missing", "credentialsTitle", "credentialsMissing");
    submit("2fa");
    sees("code-authenticator", "codeTitle", "codeAuthenticator", "triesLeft", "timeLeft");
    typeCode("12");
    seesHere("code-malformed", "codeTitle", "codeMalformed");
    code(Sentinels.CODE);
    sees("code-wrong", "codeTitle", "codeWrong");
    code(CODE);
    sees("done", "doneTitle", "doneText");
    done();
    open();
    submit("sms");
    sees("code-sms", "codeTitle", "codeSms", "sentTo", "resendSubmit", "wayAuthenticator");
    press("resend");
    seesHere("code-resend-too-soon", "codeTitle", "resendTooSoon");
    press("other");
    stands(words.of("codeAuthenticator"));
    pass(TOO_LONG);
    looksAgainFor("failedTitle");
    sees("failed-verification-timeout", "failedTitle", "failedVerificationTimeout");
    open();
    submit("emailcode");
    sees("code-email", "codeTitle", "codeEmail");
    for (int i = 0; i < 5; i++) {
      stands(words.of("codeTitle"), words.of("triesLeft") + " " + (5 - i));
      code(Sentinels.CODE);
    }
    sees("failed-too-many-codes", "failedTitle", "failedTooManyCodes");
  }

  private void confirmations() {
    open();
    submit("app");
    sees("approval", "approvalTitle", "approvalText", "stuckTitle");
    completes();
    open();
    submit("email");
    sees("email-link", "emailTitle", "emailText");
    completes();
    open();
    submit("never");
    stands(words.of("emailTitle"));
    // As no page of the sandbox's offers all at once; between two looks, and none comes after.
    Awaitility.await().until(() -> sql(ALL_WAYS.formatted(client.client().tenant())) == 1);
    stands(words.of("wayApp"));
    sees("email-link-ways", "sentTo", "resendSubmit", "wayAuthenticator", "waySms", "wayEmail");
    client.revoke(link).then().statusCode(200);
    sees("revoked", "revokedTitle", "endedText");
  }

  private void waits() {
    sql("select pause_logins()");
    open();
    submit("slow");
    sees("queued", "queuedTitle", "queuedText");
    sql("select resume_logins()");
    stands(words.of("workingTitle"));
    hears("workingTitle");
    sees("working", "workingTitle", "workingText");
    completes();
  }

  /** What goes on by itself; once in each of both ways is enough. */
  private void completes() {
    if (hands) {
      done();
      hears("doneTitle");
    }
  }

  private void waitsByHand() {
    sql("select pause_logins()");
    open();
    submitBeside("slow");
    waits("queued", "queuedTitle", "queuedText");
    sql("select resume_logins()");
    waits("working", "workingTitle", "workingText");
    looksAgainOnce("doneTitle");
    open();
    submitBeside("app");
    waits("approval", "approvalTitle", "approvalText", "stuckTitle");
    looksAgainOnce("doneTitle");
    open();
    submitBeside("email");
    waits("email-link", "emailTitle", "emailText");
    open();
    if (hands) {
      submit("never");
      Awaitility.await().until(() -> "submitted".equals(client.status(link)));
    }
    // While its answer is held, chromedriver says nothing of it: it goes on by itself.
    client.revoke(link).then().statusCode(200);
    sees("revoked", "revokedTitle", "endedText");
  }

  private void refusals() {
    open();
    submit("rejected");
    sees("credentials-refused", "credentialsTitle", "credentialsRefused");
    submit("rejected");
    stands(words.of("credentialsRefused") + " 1");
    submit("rejected");
    sees("failed-credentials-rejected", "failedTitle", "failedCredentialsRejected");
    for (Map.Entry<String, String> failure :
        Map.of(
                "locked", "failedAccountLocked",
                "captcha", "failedByHand",
                "unknown", "failedByHand",
                "down", "failedUnavailable")
            .entrySet()) {
      open();
      submit(failure.getKey());
      sees("failed-" + failure.getKey(), "failedTitle", failure.getValue());
    }
  }

  private void ends() {
    open();
    submit("2fa");
    stands(words.of("codeTitle"));
    client.client().loggingIn(link.identity(), Sentinels.USERNAME + "+2fa@example.com");
    looksAgainFor("failedTitle");
    sees("failed-superseded", "failedTitle", "failedSuperseded");
    open();
    submit("2fa");
    stands(words.of("codeTitle"));
    // As a worker writes it that could not take a login up again.
    sql(
        "update connect_link set status = 'failed', failure = 'interrupted', finished_at = now(),"
            + " version = version + 1 where status = 'submitted' and tenant_id = '"
            + client.client().tenant()
            + "'");
    looksAgainFor("failedTitle");
    sees("failed-interrupted", "failedTitle", "failedInterrupted");
    open();
    submit("locked");
    stands(words.of("failedAccountLocked"));
    open(link.identity());
    // It is shown again, so that it need not be typed again.
    typeAndSubmit("ada@example.com");
    seesHere("credentials-locked", "credentialsTitle", "credentialsLocked");
    open();
    submit("expired");
    done();
    // The same identity again, as somebody else.
    open(link.identity());
    typeAndSubmit("grace@example.com");
    sees("failed-wrong-account", "failedTitle", "failedWrongAccount");
    open();
    submit("flaky");
    done();
    open();
    submit("2fa");
    stands(words.of("codeTitle"));
    client
        .client()
        .request()
        .delete(Client.IDENTITIES + "/" + link.identity() + "/linkedin")
        .then()
        .statusCode(200);
    looksAgainFor("failedTitle");
    sees("failed-cancelled", "failedTitle", "failedEnded");
    open();
    pass(Duration.ofMinutes(31));
    looksAgainFor("expiredTitle");
    sees("expired", "expiredTitle", "endedText");
  }

  private void elsewhere() {
    browser.forgetCookies();
    browser.goTo(program.url() + "/connect");
    seesByToken("reopen", "reopenTitle", "reopenText");
    make(client.client().newIdentity());
    browser.goTo(link.url());
    browser.sees(words.of("consentTitle"));
    browser.forgetCookies();
    browser.tabTo("button");
    browser.enter();
    // The consent's answer brings another one.
    browser.sees(words.of("credentialsTitle"));
    open();
    browser.forgetCookies();
    browser.goTo(link.url());
    seesByToken("elsewhere", "elsewhereTitle", "elsewhereText");
    open();
    submit("");
    done();
    browser.forgetCookies();
    browser.goTo(link.url());
    seesByToken("used", "usedTitle", "endedText");
    browser.goTo(program.url() + NOBODYS);
    seesByToken("unknown", "unknownTitle", "unknownText");
    make(client.client().newIdentity());
    browser.goTo(
        page("<form method='post' action='" + link.url() + "'><button>Win</button></form>"));
    browser.tabTo("button");
    browser.enter();
    seesByToken("forbidden", "forbiddenTitle", "forbiddenText");
    assertEquals("pending", client.status(link));
  }

  private void limits() {
    look();
    client.put(Map.of("display_name", "Beta")).then().statusCode(200);
    browser.goTo(link.url());
    browser.sees("Beta");
    client.put(settings).then().statusCode(200);
    browser.tabTo("button");
    browser.enter();
    seesByToken("consent-again", "consentTitle", "consentAgain");
    open();
    type("ada@example.com", Sentinels.PASSWORD);
    String session = client.client().loggingIn(link.identity(), "ada+slow@example.com");
    Awaitility.await()
        .until(
            () ->
                "running"
                    .equals(
                        client
                            .client()
                            .request()
                            .get(Client.status(link.identity(), session))
                            .path("login_result.status")));
    browser.enter();
    seesHere("credentials-busy", "credentialsTitle", "credentialsBusy");
    sql("select pause_logins()");
    String identity = client.client().newIdentity();
    String last = null;
    for (int i = 0; i < 20; i++) {
      last = client.client().loggingIn(identity, "ada@example.com");
    }
    sql("select resume_logins()");
    // One that still runs would be what the page speaks of.
    client.client().ended(identity, last);
    open(identity);
    typeAndSubmit("ada@example.com");
    seesHere("credentials-too-many", "credentialsTitle", "credentialsTooMany");
    look();
    String from = "127.0.0." + (2 + List.of("en", "de", "fr", "es").indexOf(language));
    HeldAnswers.ask(port, from, link, TOO_OFTEN);
    Awaitility.await()
        .until(
            () -> {
              // What a second has given back.
              HeldAnswers.ask(port, from, link, 5);
              browser.goTo(link.url());
              browser.sees(words.of("notLinkedin"));
              return browser.text().contains(words.of("busyTitle"));
            });
    seesByToken("too-many-requests", "busyTitle", "busyText");
  }

  private void troubles() {
    make(client.client().newIdentity());
    sql("alter table connect_settings rename to connect_settings_kept");
    try {
      given().get(link.url()).then().statusCode(500);
      browser.goTo(link.url());
      seesByToken("trouble", "troubleTitle", "troubleText");
      // As if the database had no memory left for it.
      sql(
          "create function no_memory() returns text language plpgsql as $$ begin raise exception"
              + " using errcode = '53200'; end $$; create view connect_settings as select"
              + " no_memory() as tenant_id, '' as display_name, '{}'::text[] as redirect_urls,"
              + " '' as logo_url, '' as accent_color, '' as privacy_url;"
              + " grant select on connect_settings to public");
      given().get(link.url()).then().statusCode(503);
      browser.goTo(program.url() + "/connect");
      browser.sees(words.of("reopenTitle"));
      browser.goTo(link.url());
      seesByToken("unavailable", "troubleTitle", "troubleText");
    } finally {
      sql(
          "drop view if exists connect_settings; drop function if exists no_memory();"
              + " alter table connect_settings_kept rename to connect_settings");
    }
  }

  @Order(2)
  @Test
  void onPaperAreTheWordsAndNoButtons() {
    language = "en";
    folder = "en-1280-print";
    words = new PageWords(language, "Acme Outreach");
    hands = true;
    client = ConnectClient.ofNewTenant();
    be(1280, true, false);
    make(client.client().newIdentity());
    browser.goTo(link.url());
    browser.sees(words.of("consentTitle"));
    browser.print(true);
    try {
      assertTrue(browser.text().contains(words.of("consentRevokeTitle")));
      assertEquals(
          "none", browser.run("return getComputedStyle(document.querySelector('form')).display"));
      browser.picture(Path.of("target", "connect", folder, "consent.png"));
    } finally {
      browser.print(false);
    }
  }

  @Order(2)
  @Test
  void noOtherSiteShowsThePageInAFrame() {
    client = ConnectClient.ofNewTenant();
    make(client.client().newIdentity());
    browser.be(1280, "en", true, false);
    browser.goTo(page("<iframe src='" + link.url() + "'></iframe>"));
    Awaitility.await().until(() -> Boolean.TRUE.equals(browser.run("return frames.length === 1")));
    assertEquals("chrome-error://chromewebdata/", browser.addressOfFrame());
    assertEquals("pending", client.status(link));
  }

  @Order(3)
  @Test
  void noSecretIsAnywhereAfterwards() throws SQLException {
    SENTINELS.look("the log", program.log());
    assertTrue(program.log().lines().count() > 100, "it is looked where there is something");
    int rows = SENTINELS.lookAtAllTables(surroundings.owner());
    assertTrue(rows > 300, "only " + rows + " rows");
    SENTINELS.look("metrics", RestAssured.get("/q/metrics").asString());
    collector.spans().forEach(span -> SENTINELS.look("a trace", span.span().toString()));
    assertEquals(List.of(), SENTINELS.found());
    assertFalse(collector.spans().isEmpty());
    assertEquals(
        List.of(),
        collector.spans().stream()
            .map(span -> span.span().getName())
            .filter(name -> name.contains(" /connect"))
            .toList());
    assertEquals(
        List.of(),
        program
            .errors()
            .lines()
            .filter(line -> line.contains(" ERROR "))
            .filter(line -> !line.contains("the page of connect links failed"))
            .toList());
  }
}
