package ai.pathbound.identities.connect.page;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.connect.ConnectClient;
import ai.pathbound.identities.connect.ConnectClient.Made;
import ai.pathbound.identities.connect.link.PageLanguage;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which browser a consent binds, and to which text. */
@QuarkusTest
class PageBindingTest {
  private static final String OTHER = "B".repeat(43);

  @Inject Pool pool;

  private final PageBrowser browser = PageBrowser.fresh();
  private ConnectClient client;
  private Made link;

  @BeforeEach
  void hasALink() {
    client = ConnectClient.ofNewTenant();
    link = link(client);
  }

  private static Made link(ConnectClient client) {
    return client.link(client.client().newIdentity(), Map.of("locale", "en"));
  }

  /** What is kept of the consent, by the name of the column. */
  private String kept(String column) {
    return pool.preparedQuery("select " + column + " from connect_consent where tenant_id = $1")
        .executeAndAwait(Tuple.of(client.client().tenant()))
        .iterator()
        .next()
        .getString(0);
  }

  @Test
  void aSecondClickOnTheConsentIsNoSecondBrowser() {
    String form = PageBrowser.form(browser.open(link));
    for (int i = 0; i < 3; i++) {
      browser
          .posting(form)
          .post(PageBrowser.path(link))
          .then()
          .statusCode(303)
          .header("Location", equalTo(PageBrowser.page(link)));
    }
    browser.page().then().statusCode(200).body(containsString("Sign in with your LinkedIn"));
    browser.open(link).then().statusCode(303);
    assertEquals("opened", client.status(link));
  }

  @Test
  void aConsentThatWaitsInTwoTabsIsOneBrowsers() {
    String first = PageBrowser.form(browser.open(link));
    String second = PageBrowser.form(browser.open(link));
    browser.posting(second).post(PageBrowser.path(link)).then().statusCode(303);
    browser.posting(first).post(PageBrowser.path(link)).then().statusCode(303);
    browser.page().then().statusCode(200);
  }

  @Test
  void aConsentWithoutTheCookieBindsTheBrowserThatItsAnswerGivesOne() {
    String form = PageBrowser.form(browser.open(link));
    Response done = browser.forget().posting(form).post(PageBrowser.path(link));
    done.then().statusCode(303).header("Location", equalTo(PageBrowser.page(link)));
    String cookie = done.cookie(PageBrowser.cookieName(link));
    assertEquals("opened", client.status(link));
    browser.with(link, cookie).page().then().statusCode(200);
    browser.open(link).then().statusCode(303);
    browser.posting(form).post(PageBrowser.path(link)).then().statusCode(303);
    // The same form from somewhere else.
    for (PageBrowser other : List.of(new PageBrowser(), new PageBrowser().with(link, OTHER))) {
      other
          .posting(form)
          .post(PageBrowser.path(link))
          .then()
          .statusCode(403)
          .header("Set-Cookie", (String) null)
          .body(containsString("another browser"));
    }
    browser.page().then().statusCode(200);
  }

  @Test
  void everyAnswerToAConsentSetsTheCookieThatIsBound() {
    Response page = browser.open(link);
    String given = page.cookie(PageBrowser.cookieName(link));
    for (int i = 0; i < 2; i++) {
      Response done = browser.posting(PageBrowser.form(page)).post(PageBrowser.path(link));
      done.then().statusCode(303);
      assertEquals(given, done.cookie(PageBrowser.cookieName(link)));
    }
  }

  @Test
  void theFormOfAnotherLinksConsentIsNotThisOnes() {
    Made other = link(client);
    String form = PageBrowser.form(browser.open(other));
    browser.open(link);
    browser
        .posting(form)
        .post(PageBrowser.path(link))
        .then()
        .statusCode(403)
        .body(containsString("not sent from this page"));
    assertEquals("pending", client.status(link));
    assertEquals("pending", client.status(other));
  }

  @Test
  void twoLinksOfTwoTenantsInOneBrowserGoOnBesideEachOther() {
    ConnectClient others = ConnectClient.ofNewTenant();
    others.put(Map.of("display_name", "Beta Recruiting")).then().statusCode(200);
    Made other = link(others);
    browser.consent(link);
    browser.consent(other);
    browser
        .goTo(link)
        .page()
        .then()
        .body(containsString("Acme Outreach"))
        .body(not(containsString("Beta")));
    browser
        .goTo(other)
        .page()
        .then()
        .body(containsString("Beta Recruiting"))
        .body(not(containsString("Acme")));
    String ofTheFirst = PageBrowser.form(browser.goTo(link).page());
    browser
        .goTo(other)
        .posting(ofTheFirst)
        .formParam("username", "ada@example.com")
        .formParam("password", "p")
        .post(browser.below("/credentials"))
        .then()
        .statusCode(403);
    assertEquals("opened", others.status(other));
    browser.goTo(link).submit("ada@example.com");
    browser.shows("is connected");
    assertEquals("completed", client.status(link));
    assertEquals("opened", others.status(other));
  }

  @Test
  void aTextThatChangedIsShownAnewBeforeItIsConsentedTo() {
    String old = PageBrowser.form(browser.open(link));
    client.put(Map.of("display_name", "Somebody Else")).then().statusCode(200);
    Response again = browser.posting(old).post(PageBrowser.path(link));
    again
        .then()
        .statusCode(200)
        .body(containsString("has changed since you opened it"))
        .body(containsString("Somebody Else"))
        .body(containsString("role=\"alert\""));
    assertEquals("pending", client.status(link));
    browser.posting(PageBrowser.form(again)).post(PageBrowser.path(link)).then().statusCode(303);
    assertEquals("Somebody Else", kept("display_name"));
  }

  @Test
  void anotherLanguageIsAnotherText() {
    link = client.link(link.identity());
    String english = PageBrowser.form(browser.open(link));
    browser
        .posting(english)
        .header("Accept-Language", "de")
        .post(PageBrowser.path(link))
        .then()
        .statusCode(200)
        .body(containsString("Ich willige ein"));
    assertEquals("pending", client.status(link));
  }

  @Test
  void whatIsKeptOfAConsentPutsItsTextTogetherAgain() throws Exception {
    link = client.link(link.identity(), Map.of("locale", "de"));
    browser.consent(link);
    // The tenant changes its name; the consent was to the old one.
    client.put(Map.of("display_name", "Somebody Else")).then().statusCode(200);
    assertEquals("de", kept("locale"));
    assertEquals("Acme Outreach", kept("display_name"));
    String text =
        ConsentTexts.sentences(
            PageLanguages.texts(PageLanguage.ofTag(kept("locale")).orElseThrow()),
            kept("display_name"));
    assertTrue(text.contains("Was gespeichert wird"), text);
    assertEquals(
        kept("text_sha256"),
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8))));
    assertEquals(ConsentTexts.VERSION, kept("text_version"));
  }

  @Test
  void aConsentThatWasBrokenOffSaysToOpenTheLinkAgain() {
    browser.open(link);
    browser.page().then().statusCode(403).body(containsString("Open your link again"));
    browser.open(link).then().statusCode(200).body(containsString("I agree"));
  }

  @Test
  void noCookieIsHandedOutForALinkThatIsNotPending() {
    browser.consent(link);
    assertTrue(new PageBrowser().open(link).cookies().isEmpty());
    client.revoke(link);
    assertTrue(new PageBrowser().open(link).cookies().isEmpty());
  }

  @Test
  void aFileOfAnotherReleaseIsThisOnesAndNotKept() {
    given()
        .get("/connect/assets/page.0123456789abcdef.css")
        .then()
        .statusCode(200)
        .contentType("text/css")
        .header("Cache-Control", "no-store")
        .body(containsString("--accent"));
    for (String file :
        new String[] {"page.0123456789abcdef.svg", "page.css", "x.0123456789abcdef.js"}) {
      given().get("/connect/assets/" + file).then().statusCode(404);
    }
  }

  @Test
  void thePageOfALinkNamesNoSecret() {
    browser.consent(link);
    String page = browser.page().asString();
    assertFalse(page.contains(link.token()), page);
    assertFalse(page.contains(browser.cookie()), page);
    assertTrue(page.contains("data-page=\"" + PageBrowser.page(link) + "\""), page);
  }
}
