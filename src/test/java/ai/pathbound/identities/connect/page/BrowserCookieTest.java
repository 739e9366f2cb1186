package ai.pathbound.identities.connect.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.connect.ConnectAddress;
import ai.pathbound.identities.connect.ConnectSettings;
import ai.pathbound.identities.id.LinkId;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

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

  @Test
  void isAHostsOwnWhereTheHostHasACertificate() {
    assertEquals("__Host-connect-" + LINK, name("https://connect.example.com"));
    assertEquals("connect-" + LINK, name("http://localhost:8080"));
  }
}
