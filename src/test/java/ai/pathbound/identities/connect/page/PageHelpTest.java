package ai.pathbound.identities.connect.page;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.connect.ConnectClient;
import ai.pathbound.identities.connect.ConnectClient.Made;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page says where something does not go on, and until when. */
@QuarkusTest
class PageHelpTest {
  private static final Pattern LEFT = Pattern.compile("data-left=\"(\\d+)\"");

  @Inject Pool pool;

  private final PageBrowser browser = PageBrowser.fresh();
  private ConnectClient client;
  private Made link;

  @BeforeEach
  void hasALink() {
    client = ConnectClient.ofNewTenant();
    link = link(Map.of());
  }

  private Made link(Map<String, Object> more) {
    return link(client.client().newIdentity(), more);
  }

  private Made link(String identity, Map<String, Object> more) {
    Map<String, Object> body = new HashMap<>(more);
    body.put("locale", "en");
    return client.link(identity, body);
  }

  private static long left(String page) {
    Matcher clock = LEFT.matcher(page);
    assertTrue(clock.find(), page);
    return Long.parseLong(clock.group(1));
  }

  /** The field that the focus goes to. */
  private static String focused(String page) {
    Matcher input = Pattern.compile("<input id=\"(\\w+)\"[^>]* autofocus").matcher(page);
    assertTrue(input.find(), page);
    return input.group(1);
  }

  private static void assertInvalid(String page, String field, boolean invalid) {
    Matcher input = Pattern.compile("<input id=\"" + field + "\"[^>]*>").matcher(page);
    assertTrue(input.find(), page);
    assertEquals(invalid, input.group().contains("aria-invalid=\"true\""), input.group());
  }

  @Test
  void noClockPromisesMoreThanTheLinkHas() {
    link = link(Map.of("expires_in", 300));
    browser.consent(link);
    long form = left(browser.page().asString());
    assertTrue(form > 240 && form <= 300, "the form has " + form + " s");
    browser.submit("ada+2fa@example.com");
    // The login would wait for ten minutes.
    long code = left(browser.shows("LinkedIn asks for a code"));
    assertTrue(code > 200 && code <= 300, "the code has " + code + " s");
  }

  @Test
  void aLongTimeHasHours() {
    link = link(Map.of("expires_in", 7200));
    browser.consent(link);
    browser.page().then().body(containsString(">1:59:"));
  }

  @Test
  void whoIsWaitingForALockedAccountIsToldWhyAndForHowLong() {
    client
        .client()
        .settled(
            link.identity(), client.client().loggingIn(link.identity(), "ada+locked@example.com"));
    browser.consent(link);
    String page = browser.submit("ada@example.com").then().statusCode(200).extract().asString();
    assertTrue(page.contains("LinkedIn has locked this account. Unlock it"), page);
    assertTrue(page.contains("try again here in 10 min."), page);
    assertFalse(page.contains("will have expired by then"), page);
    assertInvalid(page, "username", false);
    assertInvalid(page, "password", false);
    // Nothing is wrong with it, but whoever hears the field that has the focus hears why.
    assertTrue(
        Pattern.compile("<input id=\"password\"[^>]* autofocus aria-describedby=\"problem\"")
            .matcher(page)
            .find(),
        page);
    // So much need not be typed again.
    assertTrue(page.contains("value=\"ada@example.com\""), page);
    assertFalse(page.contains(PageBrowser.PASSWORD), page);
    link = link(link.identity(), Map.of("expires_in", 300));
    browser.consent(link);
    browser.submit("ada@example.com").then().body(containsString("will have expired by then"));
    assertEquals("opened", client.status(link));
  }

  @Test
  void whoHasLoggedInTooOftenIsToldForHowLong() {
    for (int i = 0; i < 20; i++) {
      client
          .client()
          .settled(
              link.identity(), client.client().loggingIn(link.identity(), "ada+2fa@example.com"));
    }
    browser.consent(link);
    browser
        .submit("ada@example.com")
        .then()
        .statusCode(200)
        .body(containsString("too many logins of this account. Try again in "))
        .body(containsString("will have expired by then"));
  }

  @Test
  void aLoginOfSomebodyElseUnderWayIsWaitedFor() {
    String session = client.client().loggingIn(link.identity(), "ada+slow@example.com");
    Awaitility.await()
        .until(
            () ->
                client
                    .client()
                    .request()
                    .get(Client.status(link.identity(), session))
                    .path("login_result.status"),
            equalTo("running"));
    browser.consent(link);
    String page = browser.submit("ada@example.com").then().statusCode(200).extract().asString();
    assertTrue(page.contains("is under way already"), page);
    assertInvalid(page, "username", false);
    assertEquals("opened", client.status(link));
  }

  @Test
  void theFieldThatIsWrongIsMarkedAndTheOtherKept() {
    browser.consent(link);
    String page = browser.submit("ada@example.com", "").asString();
    assertInvalid(page, "username", false);
    assertInvalid(page, "password", true);
    assertTrue(page.contains("value=\"ada@example.com\""), page);
    assertEquals("password", focused(page));
    page = browser.submit("a".repeat(321), "p").asString();
    assertEquals("username", focused(page));
    page = browser.submit("\"><b>", "").asString();
    assertFalse(page.contains("<b>"), page);
    page = browser.submit("", "p").asString();
    assertInvalid(page, "username", true);
    assertInvalid(page, "password", false);
    browser.submit("ada+rejected@example.com");
    page = browser.shows("Tries left: 2");
    assertInvalid(page, "username", true);
    assertInvalid(page, "password", true);
    assertTrue(page.contains("reset it at linkedin.com"), page);
    assertFalse(page.contains("ada+rejected"), "what LinkedIn refused is kept nowhere");
  }

  @ParameterizedTest
  @CsvSource({
    "2fa,only the app that you set up,numeric",
    "sms,can take a minute,",
    "emailcode,spam folder,",
    "never,spam folder,"
  })
  void whoseCodeDoesNotComeIsToldWhereToLook(String tag, String hint, String keys) {
    browser.consent(link);
    browser.submit("ada+" + tag + "@example.com");
    String page = browser.shows("Having trouble?");
    assertTrue(page.contains(hint), page);
    assertEquals(keys != null, page.contains("inputmode=\"numeric\""), page);
  }

  @Test
  void aLoginThatANewerOneReplacedSaysSo() {
    browser.consent(link);
    browser.submit("ada+2fa@example.com");
    browser.shows("LinkedIn asks for a code");
    client.client().loggingIn(link.identity(), "ada+2fa@example.com");
    String page = browser.shows("A newer login of the same account");
    assertTrue(page.contains("did not connect your LinkedIn account"), page);
  }

  @Test
  void aLoginThatWasInterruptedIsNobodysFaultButOurs() {
    browser.consent(link);
    browser.submit("ada+2fa@example.com");
    browser.shows("LinkedIn asks for a code");
    pool.preparedQuery(
            "update connect_link set status = 'failed', failure = 'interrupted',"
                + " finished_at = now(), version = version + 1 where tenant_id = $1")
        .executeAndAwait(Tuple.of(client.client().tenant()));
    String page = browser.shows("was interrupted on our side");
    assertTrue(page.contains("ask \u2068Acme Outreach\u2069 for a new link"), page);
  }

  @Test
  void nobodyIsSentBackToAUrlThatTheTenantHasTakenBack() {
    link = link(link.identity(), Map.of("redirect_url", ConnectClient.BACK));
    browser.consent(link);
    browser.submit("ada@example.com");
    assertTrue(browser.shows("is connected").contains(ConnectClient.BACK));
    client
        .put(Map.of("display_name", "Acme Outreach", "redirect_urls", List.of()))
        .then()
        .statusCode(200);
    browser.page().then().statusCode(200).body(not(containsString(ConnectClient.BACK)));
  }

  @Test
  void everyPageSaysAboveItsFormThatItIsNotLinkedIn() {
    String consent = browser.open(link).asString();
    browser.consent(link);
    for (String page : List.of(consent, browser.page().asString())) {
      int said = page.indexOf("is not LinkedIn");
      assertTrue(said > 0 && said < page.indexOf("<form"), page);
    }
  }
}
