package ai.pathbound.identities.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.auth.VerifiedTokens.Fingerprint;
import java.util.Map;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.Test;

class VerifiedTokensTest {
  private static final long LATER = NumericDate.now().getValue() + 3600;

  private final Object keys = new Object();

  private static ScopedToken caller() {
    JwtClaims claims = new JwtClaims();
    Map.of("sub", "ada", "tenant_id", "acme", "scope", "identities:read", "raw_token", "secret")
        .forEach(claims::setClaim);
    return ScopedToken.of(claims, TokenKeys.usualClaims());
  }

  @Test
  void aMillionDifferentTokensTakeTheRoomOfAThousand() {
    VerifiedTokens tokens = new VerifiedTokens(1_000);
    ScopedToken caller = caller();
    for (int i = 0; i < 1_000_000; i++) {
      tokens.remember(Fingerprint.of("token-" + i), caller, LATER, keys);
    }
    assertTrue(tokens.size() <= 1_000, () -> "holds " + tokens.size());
    assertTrue(tokens.size() > 900, () -> "holds " + tokens.size());
  }

  @Test
  void anEntryCountsUntilItsEndAndUnderItsKeysAlone() {
    VerifiedTokens tokens = new VerifiedTokens(10);
    long now = NumericDate.now().getValue();
    tokens.remember(Fingerprint.of("lives"), caller(), LATER, keys);
    tokens.remember(Fingerprint.of("ended"), caller(), now, keys);
    assertTrue(tokens.find(Fingerprint.of("lives")).orElseThrow().counts(keys));
    assertFalse(tokens.find(Fingerprint.of("lives")).orElseThrow().counts(new Object()));
    assertFalse(tokens.find(Fingerprint.of("ended")).orElseThrow().counts(keys));
    assertTrue(tokens.find(Fingerprint.of("never seen")).isEmpty());
  }

  @Test
  void nothingIsRememberedWhereThatIsSwitchedOff() {
    VerifiedTokens tokens = new VerifiedTokens(0);
    tokens.remember(Fingerprint.of("a"), caller(), LATER, keys);
    assertEquals(0, tokens.size());
  }

  @Test
  void nothingOfTheTokensTextIsKept() {
    ScopedToken caller = caller();
    assertEquals("ada", caller.getSubject());
    assertEquals(null, caller.getRawToken());
    assertNotEquals(Fingerprint.of("a"), Fingerprint.of("b"));
    // SHA-256 of the empty text begins with e3b0c44298fc1c14 (FIPS 180-4's example values).
    assertEquals(0xe3b0c44298fc1c14L, Fingerprint.of("").first());
  }
}
