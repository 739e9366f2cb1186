package ai.pathbound.identities.connect.link;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.id.LinkId;
import ai.pathbound.identities.secret.Secret;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the cookies of browsers show. */
@QuarkusTest
class LinkTokensTest {
  private static final LinkId LINK = new LinkId(new UUID(7, 7));

  @Inject LinkTokens tokens;

  @Test
  void aCookieShowsThatItWasMadeForItsLink() {
    Secret cookie = tokens.makeCookie(LINK);
    assertTrue(LinkTokens.isWellFormed(cookie.reveal()));
    assertTrue(tokens.isCookieFor(LINK, cookie));
    assertFalse(tokens.isCookieFor(new LinkId(new UUID(7, 8)), cookie));
    assertNotEquals(cookie.reveal(), tokens.makeCookie(LINK).reveal());
  }

  @Test
  void whateverElseIsWellFormedDoesNot() {
    String cookie = tokens.makeCookie(LINK).reveal();
    for (int i = 0; i < cookie.length() - 1; i++) {
      char other = cookie.charAt(i) == 'A' ? 'B' : 'A';
      assertFalse(
          tokens.isCookieFor(
              LINK, Secret.of(cookie.substring(0, i) + other + cookie.substring(i + 1))));
    }
    assertFalse(tokens.isCookieFor(LINK, Secret.of("A".repeat(43))));
    assertFalse(tokens.isCookieFor(LINK, tokens.make()));
  }
}
