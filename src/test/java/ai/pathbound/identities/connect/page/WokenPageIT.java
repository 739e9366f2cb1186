package ai.pathbound.identities.connect.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.connect.ConnectClient;
import ai.pathbound.identities.secret.Sentinels;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A tab that comes to the front again, after whatever it has missed. */
@Tag("faults")
class WokenPageIT extends HolderWalk {
  private static final String WAKE = "document.dispatchEvent(new Event('visibilitychange'))";

  @BeforeEach
  void hasThePageOfALink() {
    language = "en";
    folder = "en-woken";
    words = new PageWords(language, "Acme Outreach");
    client = ConnectClient.ofNewTenant();
    be(1280, true, false);
    open();
  }

  @Test
  void setsItsClockAnewAlsoWhereNothingElseHasChanged() {
    browser.run("document.querySelector('[data-left]').dataset.left = 99999");
    browser.sees("27:4");
    browser.run(WAKE);
    Awaitility.await()
        .until(
            () ->
                browser
                    .run("return document.querySelector('.clock').textContent")
                    .toString()
                    .matches("(30|29|28):\\d\\d"));
    assertEquals(
        words.of("credentialsTitle"),
        browser.run("return document.querySelector('h1').textContent"));
  }

  @Test
  void sendsNoFormAgainWhereTheLinkIsNoLongerItsOwn() {
    submit(" ", Sentinels.PASSWORD);
    browser.sees(words.of("credentialsMissing"));
    assertTrue(browser.url().endsWith("/credentials"), browser.url());
    browser.forgetCookies();
    browser.run(WAKE);
    browser.sees(words.of("reopenTitle"));
    assertTrue(browser.url().endsWith(PageBrowser.page(link)), browser.url());
  }
}
