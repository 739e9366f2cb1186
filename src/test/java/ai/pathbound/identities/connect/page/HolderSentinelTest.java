package ai.pathbound.identities.connect.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.connect.ConnectClient;
import ai.pathbound.identities.connect.ConnectClient.Made;
import ai.pathbound.identities.secret.Sentinels;
import ai.pathbound.identities.secret.TwoKeysProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What a holder has and types, while everything is logged that can be, requests among it. */
@QuarkusTest
@TestProfile(TwoKeysProfile.class)
class HolderSentinelTest {
  @Inject DataSource database;

  private final Sentinels sentinels = new Sentinels();
  private final PageBrowser browser = PageBrowser.fresh();

  private Response answered(Response page) {
    sentinels.look("a page", page.asString());
    return page;
  }

  /** What cannot be read is not quoted either. */
  private void malformed(Made link) {
    String cookie = PageBrowser.cookieName(link) + "=" + browser.cookie();
    answered(
        RestAssured.given().header("Cookie", "$Version=x; " + cookie).get(PageBrowser.page(link)));
    answered(
        RestAssured.given()
            .header("Cookie", "$Version=" + browser.cookie())
            .get(PageBrowser.path(link)));
    answered(browser.request().header("Accept-Language", "-").get(PageBrowser.path(link)));
    for (String field : List.of("username", "password", "code")) {
      String typed = field + "=" + Sentinels.PASSWORD + "%";
      for (String form : List.of("form=x&" + typed, "form=x&" + typed + "&more=x")) {
        for (String path : List.of("/credentials", "/code")) {
          answered(
              browser
                  .request()
                  .header("Origin", "null")
                  .header("Sec-Fetch-Site", "same-origin")
                  .contentType("application/x-www-form-urlencoded")
                  .body(form)
                  .post(browser.below(path)));
        }
      }
    }
  }

  @Test
  void whatAHolderHasAndTypesIsSeenNowhere() throws IOException {
    ConnectClient client = ConnectClient.ofNewTenant();
    Made link = client.link(client.client().newIdentity());
    sentinels.remember(link.token());
    answered(browser.open(link));
    answered(browser.request().head(PageBrowser.path(link)));
    answered(browser.request().delete(PageBrowser.path(link)));
    answered(browser.request().get(PageBrowser.path(link) + "/more"));
    answered(browser.request().body("{}").contentType("text/plain").post(PageBrowser.path(link)));
    answered(browser.posting("x").header("Origin", "x").post(PageBrowser.path(link)));
    browser.consent(link);
    sentinels.remember(browser.cookie());
    answered(browser.open(link));
    answered(new PageBrowser().open(link));
    malformed(link);
    browser.submit(Sentinels.USERNAME + "+2fa@example.com", Sentinels.PASSWORD);
    sentinels.lookAtAllTables(database);
    browser.shows("Tries left: 5");
    answered(browser.code(Sentinels.CODE + "!"));
    answered(browser.code(Sentinels.CODE));
    sentinels.lookAtAllTables(database);
    sentinels.look("a page", browser.shows("Tries left: 4"));
    browser.code("123456");
    sentinels.look("a page", browser.shows("is connected"));
    int rows = sentinels.lookAtAllTables(database);
    sentinels.look("metrics", RestAssured.get("/q/metrics").asString());
    long traces;
    try (Stream<String> lines = Files.lines(TwoKeysProfile.LOG, StandardCharsets.ISO_8859_1)) {
      traces = lines.peek(sentinels::lookAtLog).filter(line -> line.contains("TRACE")).count();
    }
    assertEquals(List.of(), sentinels.found());
    assertTrue(rows > 10, "only " + rows + " rows");
    assertTrue(traces > 1_000, "only " + traces + " lines of the log are at TRACE");
  }
}
