package ai.pathbound.identities.connect.page;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.DatabaseTime;
import ai.pathbound.identities.TestClock;
import ai.pathbound.identities.connect.ConnectClient;
import ai.pathbound.identities.connect.ConnectClient.Made;
import ai.pathbound.identities.id.LinkId;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in every state, without a script. */
@QuarkusTest
class PageWalkTest {
  private static final String CODE = "123456";

  @Inject Pool pool;
  @Inject PageChanges changes;

  private final PageBrowser browser = PageBrowser.fresh();
  private ConnectClient client;
  private Made link;

  @BeforeEach
  void hasALink() {
    client = ConnectClient.ofNewTenant();
    link = link(client.client().newIdentity());
  }

  private Made link(String identity) {
    return client.link(
        identity, Map.of("redirect_url", ConnectClient.BACK, "state", "a&b", "locale", "en"));
  }

  private String back(String status) {
    return ConnectClient.BACK
        + "?link_id="
        + link.id()
        + "&amp;status="
        + status
        + "&amp;state=a%26b";
  }

  private void fails(String text, String code) {
    String page = browser.shows(text);
    assertTrue(page.contains("did not connect"), page);
    assertTrue(page.contains(back("failed") + "&amp;error_code=" + code + "\""), page);
    assertEquals("failed", client.status(link));
  }

  @Test
  void aHolderConsentsSignsInAnswersAndGoesBack() {
    browser.consent(link);
    browser.submit("ada+2fa@example.com").then().statusCode(303);
    String asked = browser.shows("LinkedIn asks for a code");
    assertTrue(asked.contains("authenticator app"), asked);
    assertTrue(asked.contains("Tries left: 5"), asked);
    assertTrue(asked.matches("(?s).*data-left=\"5[0-9]{2}\".*>9:[0-9]{2}<.*"), asked);
    browser.code("111111");
    browser.shows("did not accept that code");
    assertTrue(browser.shows("Tries left: 4").contains("aria-invalid"));
    browser.code("12").then().statusCode(200).body(containsString("4 to 10 letters"));
    browser.code(" 123 456 ");
    String done = browser.shows("is connected");
    assertTrue(done.contains(back("completed") + "\""), done);
    assertFalse(done.contains("data-version"), "nothing follows");
    assertEquals("completed", client.status(link));
    assertTrue(client.client().identity(link.identity()).getBoolean("identity.linkedin.connected"));
  }

  @Test
  void aRefusedPasswordIsAskedForAgain() {
    browser.consent(link);
    browser.submit("ada+rejected@example.com");
    browser.shows("Tries left: 2");
    browser.submit("ada+rejected@example.com");
    browser.shows("Tries left: 1");
    browser.submit("ada+rejected@example.com");
    fails("three times", "credentials_rejected");
  }

  @ParameterizedTest
  @CsvSource({
    "sms,sent you a text message",
    "emailcode,sent you an e-mail. Enter the code",
    "never,Open the link in LinkedIn",
    "slow,Signing in",
    "expired,is connected",
    "flaky,is connected"
  })
  void everyStateHasItsPage(String tag, String text) {
    browser.consent(link);
    browser.submit("ada+" + tag + "@example.com").then().statusCode(303);
    browser.shows(text);
  }

  @ParameterizedTest
  @CsvSource({"email,Open the link in LinkedIn", "app,Approve the login in your LinkedIn app"})
  void whatIsConfirmedElsewhereConnectsByItself(String tag, String text) {
    browser.consent(link);
    browser.submit("ada+" + tag + "@example.com").then().statusCode(303);
    browser.shows(text);
    TestClock.confirm();
    browser.shows("is connected");
  }

  @ParameterizedTest
  @CsvSource({
    "locked,has locked this account,account_locked",
    "captcha,only you can pass,captcha_required",
    "unknown,only you can pass,unknown_challenge",
    "down,could not be reached,linkedin_unavailable"
  })
  void everyFailureSaysWhatToDo(String tag, String text, String code) {
    browser.consent(link);
    browser.submit("ada+" + tag + "@example.com");
    fails(text, code);
  }

  @Test
  void fiveWrongCodesAreTheEnd() {
    browser.consent(link);
    browser.submit("ada+sms@example.com");
    for (int left = 5; left > 0; left--) {
      browser.shows("Tries left: " + left);
      browser.code("000000");
    }
    fails("Five codes were not accepted", "too_many_codes");
  }

  @Test
  void whoDoesNotAnswerInTimeIsTold() {
    browser.consent(link);
    browser.submit("ada+2fa@example.com");
    browser.shows("LinkedIn asks for a code");
    DatabaseTime.pass(pool, Duration.ofMinutes(11));
    fails("not answered in time", "verification_timeout");
  }

  @Test
  void anotherMembersAccountIsNotConnected() {
    browser.consent(link);
    browser.submit("ada@example.com");
    browser.shows("is connected");
    link = link(link.identity());
    browser.forget().consent(link);
    browser.submit("grace@example.com");
    fails("another LinkedIn account", "wrong_account");
  }

  @Test
  void aDisconnectIsTold() {
    browser.consent(link);
    browser.submit("ada+2fa@example.com");
    browser.shows("LinkedIn asks for a code");
    client
        .client()
        .request()
        .delete(Client.IDENTITIES + "/" + link.identity() + "/linkedin")
        .then()
        .statusCode(200);
    fails("ended this login", "cancelled");
  }

  @Test
  void aRevokedAndAnExpiredLinkSayWhatToDo() {
    browser.open(link).then().statusCode(200);
    client.revoke(link);
    browser.open(link).then().statusCode(410).body(containsString("was revoked"));
    link = link(link.identity());
    browser.consent(link);
    DatabaseTime.pass(pool, Duration.ofMinutes(31));
    String over = browser.shows("has expired");
    assertTrue(over.contains(back("expired") + "\""), over);
    browser.page().then().statusCode(410);
    new PageBrowser()
        .open(link)
        .then()
        .statusCode(410)
        .body(containsString("has expired"))
        .body(not(containsString(ConnectClient.BACK)));
  }

  @Test
  void aLinkThatWasUsedTellsNobodyElseHowItEnded() {
    browser.consent(link);
    browser.submit("ada@example.com");
    browser.shows("is connected");
    browser.open(link).then().statusCode(303);
    new PageBrowser()
        .open(link)
        .then()
        .statusCode(410)
        .body(containsString("has been used"))
        .body(not(containsString("is connected")))
        .body(not(containsString(ConnectClient.BACK)));
  }

  @Test
  void anEmptyFormSaysSo() {
    browser.consent(link);
    browser.submit(" ", "").then().statusCode(200).body(containsString("Enter both"));
    browser.submit("ada@example.com", "").then().body(containsString("Enter both"));
    browser.submit("a".repeat(321), "p").then().body(containsString("longer than LinkedIn"));
    browser
        .submit("ada@example.com", "p".repeat(1025))
        .then()
        .body(containsString("longer than LinkedIn"));
    assertEquals("opened", client.status(link));
    browser.request().get(browser.below("/credentials")).then().statusCode(303);
    browser.request().get(browser.below("/code")).then().statusCode(303);
  }

  @Test
  void theLongestPasswordIsTaken() {
    browser.consent(link);
    browser.submit("ada@example.com", "\u20ac".repeat(1024)).then().statusCode(303);
    browser.shows("is connected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"de-AT,de;q=0.9,en;q=0.8", "fr", "es-MX", "it, de;q=0.5", "not;a=tag"})
  void thePageIsInTheBrowsersLanguageUnlessTheTenantSays(String accepted) {
    Made any = client.link(link.identity());
    String page = given().header("Accept-Language", accepted).get(PageBrowser.path(any)).asString();
    String lang =
        accepted.startsWith("it")
            ? "de"
            : accepted.startsWith("not") ? "en" : accepted.substring(0, 2);
    assertTrue(page.contains("<html lang=\"" + lang + "\">"), page);
    assertEquals(lang.equals("en"), page.contains("I agree"), page);
    given()
        .header("Accept-Language", accepted)
        .get(PageBrowser.path(link))
        .then()
        .body(containsString("<html lang=\"en\">"));
  }

  @Test
  void whatChangesIsToldAtOnceToWhoWaits() throws Exception {
    browser.consent(link);
    String version = PageBrowser.version(browser.page());
    CompletableFuture<Response> page =
        CompletableFuture.supplyAsync(
            () -> browser.request().get(browser.below("?after=" + version)));
    CompletableFuture<Response> event =
        CompletableFuture.supplyAsync(
            () -> browser.request().get(browser.below("/events?after=" + version)));
    Awaitility.await().until(() -> changes.count() == 2);
    assertFalse(page.isDone() || event.isDone());
    long begun = System.nanoTime();
    client.revoke(link);
    assertTrue(page.get().asString().contains("was revoked"), page.get().asString());
    event.get().then().statusCode(200).contentType("text/event-stream");
    assertTrue(event.get().asString().contains("event: change\ndata: changed\n\n"));
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    assertTrue(took.compareTo(PageChanges.LONGEST) < 0, took.toString());
    Awaitility.await().until(() -> changes.count() == 0);
  }

  @Test
  void aChangeThatNobodyWasToldOfIsSeenAllTheSame() throws Exception {
    browser.consent(link);
    browser.submit("ada+2fa@example.com");
    browser.shows("LinkedIn asks for a code");
    String version = PageBrowser.version(browser.page());
    CompletableFuture<Response> event =
        CompletableFuture.supplyAsync(
            () -> browser.request().get(browser.below("/events?after=" + version)));
    Awaitility.await().until(() -> changes.count() == 1);
    pool.query("alter table connect_link disable trigger notify_connect_link").executeAndAwait();
    try {
      pool.query("update connect_link set version = version + 1 where id = '" + uuid() + "'")
          .executeAndAwait();
      long begun = System.nanoTime();
      event.get().then().body(containsString("event: change"));
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      assertTrue(took.compareTo(PageChanges.LONGEST.dividedBy(2)) < 0, took.toString());
    } finally {
      pool.query("alter table connect_link enable trigger notify_connect_link").executeAndAwait();
    }
  }

  private UUID uuid() {
    return LinkId.parse(link.id()).orElseThrow().uuid();
  }

  @Test
  void nothingIsHeldForWhoHasGone() throws Exception {
    browser.consent(link);
    String version = PageBrowser.version(browser.page());
    try (Socket socket = new Socket("localhost", RestAssured.port)) {
      socket
          .getOutputStream()
          .write(
              ("GET %s?after=%s HTTP/1.1\r\nHost: localhost\r\nCookie: %s=%s\r\n\r\n")
                  .formatted(
                      browser.below("/events"),
                      version,
                      PageBrowser.cookieName(link),
                      browser.cookie())
                  .getBytes(StandardCharsets.US_ASCII));
      Awaitility.await().until(() -> changes.count() == 1);
    }
    Awaitility.await().atMost(PageChanges.LONGEST.dividedBy(2)).until(() -> changes.count() == 0);
  }

  @Test
  void onlySoManyAnswersAreHeldForALink() {
    browser.consent(link);
    String version = PageBrowser.version(browser.page());
    List<CompletableFuture<Response>> held =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> browser.request().get(browser.below("/events?after=" + version)),
                        Executors.newSingleThreadExecutor()))
            .toList();
    Awaitility.await().until(() -> changes.count() == 4);
    browser
        .request()
        .get(browser.below("/events?after=" + version))
        .then()
        .statusCode(200)
        .body(equalTo("retry: 10000\n: as before\n\n"));
    // A form is not loaded anew even then.
    browser
        .request()
        .get(browser.below("?after=" + version))
        .then()
        .statusCode(200)
        .body(not(containsString("http-equiv")));
    client.revoke(link);
    held.forEach(each -> each.join().then().body(containsString("event: change")));
  }

  @Test
  void whoHasSeenAnEarlierVersionDoesNotWait() {
    browser.consent(link);
    browser.request().get(browser.below("?after=0")).then().statusCode(200);
    for (String query : List.of("?after=0", "")) {
      browser
          .request()
          .get(browser.below("/events" + query))
          .then()
          .body(containsString("event: change"));
    }
    new PageBrowser().request().get(browser.below("/events?after=0")).then().statusCode(403);
  }

  @Test
  void aPageWithoutAFormLoadsItselfAnewAndOneWithAFormDoesNot() {
    browser.consent(link);
    assertFalse(browser.page().asString().contains("http-equiv"));
    browser.submit("ada+never@example.com");
    String page = browser.shows("Open the link in LinkedIn");
    Matcher refresh =
        Pattern.compile(
                "<noscript><meta http-equiv=\"refresh\" content=\"0;url=(/connect/cl_[0-9a-z]+\\?after=[0-9.]+)\">"
                    + "</noscript>")
            .matcher(page);
    assertTrue(refresh.find(), page);
    client.revoke(link);
    browser.request().get(refresh.group(1)).then().body(containsString("was revoked"));
  }

  @Test
  void theFirstPageIsSmallAndAsksNoOtherHost() {
    client.put(
        Map.of(
            "display_name", "Acme",
            "accent_color", "#FFD400",
            "logo_url", "https://www.example.com/logo.png",
            "privacy_url", "https://www.example.com/privacy"));
    Response page = browser.open(link);
    Matcher files =
        Pattern.compile("<(?:link|script)[^>]* (?:href|src)=\"([^\"]+)\"").matcher(page.asString());
    long size = page.asByteArray().length;
    int count = 0;
    while (files.find()) {
      assertTrue(files.group(1).startsWith("/connect/assets/"), files.group(1));
      Response file = given().get(files.group(1));
      file.then().statusCode(200).header("Cache-Control", "public, max-age=31536000, immutable");
      assertEquals(1, file.headers().getList("Cache-Control").size());
      size += file.asByteArray().length;
      count++;
    }
    assertEquals(4, count, page.asString());
    assertTrue(size <= 30 * 1024, "the first page has " + size + " bytes");
    System.out.println("the first page has " + size + " bytes with its files");
    assertFalse(page.asString().contains("logo.png"), page.asString());
    assertFalse(page.asString().contains("http-equiv"), page.asString());
  }
}
