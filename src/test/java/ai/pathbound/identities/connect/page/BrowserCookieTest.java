package ai.pathbound.identities.connect.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.connect.ConnectAddress;
import ai.pathbound.identities.connect.ConnectSettings;
import ai.pathbound.identities.connect.link.PageLanguage;
import ai.pathbound.identities.connect.link.StoredLinks;
import ai.pathbound.identities.id.LinkId;
import ai.pathbound.identities.secret.Secret;
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cookie's name, by which a browser knows who may set it. */
class BrowserCookieTest {
  private record At(String url) implements ConnectSettings {
    @Override
    public Optional<String> baseUrl() {
      return Optional.of(url);
    }

    @Override
    public boolean localUrls() {
      return false;
    }

    @Override
    public Duration keep() {
      return Duration.ofDays(30);
    }

    @Override
    public Duration sweepInterval() {
      return Duration.ofSeconds(1);
    }
  }

  private static final LinkId LINK =
      new LinkId(UUID.fromString("01970000-0000-7000-8000-000000000001"));

  private static String name(String url) {
    return new BrowserCookie(new ConnectAddress(new At(url))).name(LINK);
  }

  @ParameterizedTest
  @CsvSource({"https://connect.example.com,true", "http://localhost:8080,false"})
  void isForNoScriptAndNoOtherSiteAndGoesSoonAfterItsLink(String url, boolean secure) {
    Instant now = Instant.parse("2026-04-29T12:00:00Z");
    NewCookie cookie =
        new BrowserCookie(new ConnectAddress(new At(url)))
            .set(
                StoredLinks.pending(LINK, now, now.plus(Duration.ofMinutes(30))),
                Secret.of("A".repeat(43)));
    assertEquals("A".repeat(43), cookie.getValue());
    assertEquals("/", cookie.getPath());
    assertNull(cookie.getDomain());
    assertEquals(secure, cookie.isSecure());
    assertTrue(cookie.isHttpOnly());
    assertEquals(NewCookie.SameSite.LAX, cookie.getSameSite());
    assertEquals(Duration.ofMinutes(90).toSeconds(), cookie.getMaxAge());
  }

  @Test
  void theOneOfAnotherLinkIsNotTaken() {
    BrowserCookie cookies = new BrowserCookie(new ConnectAddress(new At("https://c.example.com")));
    LinkId other = new LinkId(UUID.fromString("01970000-0000-7000-8000-000000000002"));
    PageRequest request =
        new PageRequest(
            PageLanguage.EN,
            Optional.empty(),
            null,
            cookies.name(LINK) + "=" + "B".repeat(43),
            Optional.empty());
    assertEquals("B".repeat(43), cookies.of(request, LINK).orElseThrow().reveal());
    assertTrue(cookies.of(request, other).isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "n=v|v",
        "a=b; n=v|v",
        "a=b;n=v; n=w|v,w",
        "a=\"x; n=v|v",
        "$Version=\"1\"; n=\"v\"; $Path=\"/\"|v",
        "n=v=w|v=w",
        "n=|''",
        "''|",
        ";=;n|",
        "a=b,n=v|",
        "a=b, n=v|",
        ",n=v|",
        "$Version=1,n=v|",
        "'\u2003n=v'|",
        "'\u000bn=v'|",
        "a=b n=v|",
        "N=v|"
      })
  void theHeaderIsReadAsBrowsersWriteIt(String header, String values) {
    assertEquals(
        values == null ? List.of() : List.of(values.split(",", -1)),
        CookieHeader.values(header, "n").toList());
  }

  @Test
  void isAHostsOwnWhereTheHostHasACertificate() {
    assertEquals("__Host-connect-" + LINK, name("https://connect.example.com"));
    assertEquals("connect-" + LINK, name("http://localhost:8080"));
  }
}
