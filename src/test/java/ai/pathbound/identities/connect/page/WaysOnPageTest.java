package ai.pathbound.identities.connect.page;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.DatabaseTime;
import ai.pathbound.identities.connect.ConnectClient;
import ai.pathbound.identities.connect.ConnectClient.Made;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Resend and another way on the page of connect links, without a script. */
@QuarkusTest
class WaysOnPageTest {
  @Inject Pool pool;

  private final PageBrowser browser = PageBrowser.fresh();
  private ConnectClient client;
  private Made link;

  @BeforeEach
  void hasALink() {
    client = ConnectClient.ofNewTenant();
    link = client.link(client.client().newIdentity(), Map.of("locale", "en"));
  }

  private String asked(String tag) {
    browser.consent(link);
    browser.submit("ada+" + tag + "@example.com").then().statusCode(303);
    return browser.shows("LinkedIn asks for a code");
  }

  private static String token(String page, String step) {
    Matcher form =
        Pattern.compile(
                "/" + step + "\">\\s*<input type=\"hidden\" name=\"form\" value=\"([^\"]+)\"")
            .matcher(page);
    assertTrue(form.find(), page);
    return form.group(1);
  }

  private Response resend(String page) {
    return browser.posting(token(page, "resend")).post(browser.below("/resend"));
  }

  private Response other(String page, String kind) {
    return browser
        .posting(token(page, "other"))
        .formParam("kind", kind)
        .post(browser.below("/other"));
  }

  private void letPass(Duration time) {
    pool.query(DatabaseTime.passes(time, client.client().tenant())).executeAndAwait();
  }

  @Test
  void thePageSaysWhereACodeWentAndHasItSentAgain() {
    String page = asked("emailcode");
    assertTrue(page.contains("a•••@example.com"), page);
    assertFalse(page.contains("/other\""), page);
    letPass(Duration.ofSeconds(61));
    resend(browser.page().asString()).then().statusCode(303);
    browser.shows("LinkedIn asks for a code");
    browser.code("123456");
    browser.shows("is connected");
  }

  @Test
  void aResendTooSoonIsToldOfBesideTheForm() {
    String page = asked("sms");
    Response answer = resend(page);
    answer.then().statusCode(200).body(containsString("has sent it a moment ago"));
    answer.then().body(containsString("aria-describedby=\"asked where tries\""));
    assertFalse(answer.asString().contains("aria-invalid"), "nothing is wrong with a code");
    browser.code("123456");
    browser.shows("is connected");
  }

  @Test
  void anotherWayIsChosen() {
    String page = asked("2fa");
    assertTrue(page.contains("Get a text message instead"), page);
    other(page, "sms_code").then().statusCode(303);
    String text = browser.shows("sent you a text message");
    assertTrue(text.contains("•••• 42"), text);
    // The form of the challenge before asks for nothing any more.
    other(page, "sms_code").then().statusCode(303);
    assertTrue(browser.page().asString().contains("sent you a text message"));
    browser.code("123456");
    browser.shows("is connected");
    List<String> trail =
        client
            .client()
            .request()
            .get("/v1/audit?identity_id=" + link.identity())
            .jsonPath()
            .getList("events.findAll { it.actor_type == 'holder' }.action");
    assertEquals(1, trail.stream().filter("challenge_chosen"::equals).count(), trail.toString());
  }

  @Test
  void aWayThatIsNotOfferedIsNotTaken() {
    String page = asked("2fa");
    other(page, "email_link").then().statusCode(303);
    other(page, "carrier_pigeon").then().statusCode(303);
    assertTrue(browser.page().asString().contains("authenticator app"));
  }

  @ParameterizedTest
  @CsvSource({"de, Stattdessen eine SMS", "fr, plutôt un SMS", "es, Recibir un SMS"})
  void theWaysAreInTheHoldersLanguage(String language, String text) {
    link = client.link(client.client().newIdentity(), Map.of("locale", language));
    browser.consent(link);
    browser.submit("ada+2fa@example.com").then().statusCode(303);
    browser.shows(text);
  }

  @Test
  void aFormOfAnotherBrowserIsRefused() {
    String page = asked("2fa");
    PageBrowser stranger = PageBrowser.fresh().goTo(link);
    stranger
        .posting(token(page, "other"))
        .formParam("kind", "sms_code")
        .post(PageBrowser.page(link) + "/other")
        .then()
        .statusCode(403);
    assertTrue(browser.page().asString().contains("authenticator app"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/credentials", "/code", "/resend", "/other"})
  void theAddressOfAFormLeadsBackToThePage(String form) {
    browser.consent(link);
    browser
        .request()
        .redirects()
        .follow(false)
        .get(browser.below(form))
        .then()
        .statusCode(303)
        .header("Location", endsWith(PageBrowser.page(link)));
  }
}
