package ai.pathbound.identities.login.connector.webdriver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.login.session.Country;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebDriverSettingsTest {
  private static final String FARM = "http://farm:4444";
  private static final Country GERMANY = new Country("DE");

  @Test
  void withoutSettingsNoCountryIsReached() {
    assertFalse(new EgressRoutes(WebDriverSetup.empty().settings()).reaches(Country.DEFAULT));
  }

  @Test
  void aCountryUsesItsOwnFarmOrTheDefaultOne() {
    EgressRoutes ways =
        new EgressRoutes(
            WebDriverSetup.empty()
                .with("endpoint", FARM)
                .with("country", "us")
                .with("countries.DE.proxy", "proxy:3128")
                .with("countries.FR.endpoint", "https://user:key@fr.example/wd/hub")
                .settings());
    assertEquals(Optional.of(URI.create(FARM)), ways.endpoint(Country.DEFAULT));
    assertEquals(Optional.of(URI.create(FARM)), ways.endpoint(GERMANY));
    assertEquals(
        Optional.of(URI.create("https://user:key@fr.example/wd/hub")),
        ways.endpoint(new Country("FR")));
    assertEquals(
        JsonObject.of("proxyType", "manual", "httpProxy", "proxy:3128", "sslProxy", "proxy:3128"),
        ways.capabilities(GERMANY, "x").getJsonObject("proxy"));
    assertFalse(ways.capabilities(Country.DEFAULT, "x").containsKey("proxy"));
  }

  @Test
  void moreCapabilitiesAreMergedIntoOurs() {
    JsonObject options =
        new EgressRoutes(
                WebDriverSetup.empty()
                    .with("endpoint", FARM)
                    .with("country", "US")
                    .with("capabilities", "{\"goog:chromeOptions\":{\"binary\":\"/opt/chrome\"}}")
                    .settings())
            .capabilities(Country.DEFAULT, "x")
            .getJsonObject("goog:chromeOptions");
    assertEquals("/opt/chrome", options.getString("binary"));
    assertEquals("--headless", options.getJsonArray("args").getString(0));
  }

  @ParameterizedTest
  @CsvSource({
    "endpoint, ftp://farm, is no http or https address",
    "country, XX, is no country code",
    "country, US, names no endpoint",
    "countries.XX.proxy, proxy:1, is no country code",
    "capabilities, [], is no JSON object",
  })
  void aWrongWayOutIsNamed(String key, String value, String fault) {
    WebDriverSettings settings = WebDriverSetup.empty().with(key, value).settings();
    String told =
        assertThrows(IllegalArgumentException.class, () -> new EgressRoutes(settings)).getMessage();
    assertTrue(told.startsWith("identities.linkedin.webdriver."), told);
    assertTrue(told.contains(fault), told);
  }

  @ParameterizedTest
  @CsvSource({
    "base-url, linkedin.com, is no http or https address",
    "max-browsers, 0, is less than 1",
    "command-timeout, 30s, is not longer than page-timeout",
    "poll-interval, 0s, is not longer than nothing"
  })
  void aSettingThatCannotBeMeantIsNamed(String key, String value, String fault) {
    WebDriverSettings settings = WebDriverSetup.empty().with(key, value).settings();
    String told =
        assertThrows(IllegalArgumentException.class, () -> SettingsCheck.check(settings))
            .getMessage();
    assertTrue(told.contains("webdriver." + key + " " + fault), told);
  }
}
