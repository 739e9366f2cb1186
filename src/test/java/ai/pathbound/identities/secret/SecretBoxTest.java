package ai.pathbound.identities.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.keys.PbkdfKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sealed opens in its own context, unchanged, under its own key, and nowhere else. */
class SecretBoxTest {
  private static final UUID ROW = UUID.fromString("0196c7b6-8a0c-7d2a-b1f6-000000000001");
  private static final SealingContext CONTEXT =
      new SealingContext(new TenantId("acme"), ROW, "login_session.password_sealed");
  private static final Secret SECRET = Secret.of("pässword-\uD83D\uDD11");

  /** What this service sealed on the day its format was fixed: it opens for ever. */
  private static final String FROZEN =
      "eyJhbGciOiJBMjU2R0NNS1ciLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoiMjAyNi0wNSIsInRlbmFudCI6"
          + "ImFjbWUiLCJyb3ciOiIwMTk2YzdiNi04YTBjLTdkMmEtYjFmNi0wMDAwMDAwMDAwMDEiLCJjb2x1bW4i"
          + "OiJsb2dpbl9zZXNzaW9uLnBhc3N3b3JkX3NlYWxlZCIsIml2IjoiY3ViOTZzbWZZbndNaDNyNSIsInRh"
          + "ZyI6InVBXzBJNG9fMlhyRXhRMXVjY3VOQXcifQ.DQkuFDoy26tXQzDx-kwtmYH7snqfcP6BqW56oYbZN"
          + "nY.Alblxnb2UgpP6Sfi.PwV-x0NfeB4A9-6LLw._R01SPlmDtqpZO_5NA9NfQ";

  private static final String FROZEN_KEYS = keys(key("2026-05", 7));
  private static final SecretBox BOX = box(FROZEN_KEYS);

  static String key(String kid, int filling) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) filling);
    String k = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return "{\"kty\":\"oct\",\"kid\":\"%s\",\"alg\":\"A256GCMKW\",\"k\":\"%s\"}".formatted(kid, k);
  }

  static String keys(String... keys) {
    return "{\"keys\":[" + String.join(",", keys) + "]}";
  }

  static SecretBox box(String keys) {
    return new SecretBox(PlainKeys.of(keys));
  }

  private static void isUnreadable(String sealed, SealingContext context) {
    UnreadableSecretException refusal =
        assertThrows(
            UnreadableSecretException.class,
            () -> BOX.open(sealed, context),
            () -> "opens: " + sealed);
    assertTrue(refusal.getMessage().contains(context.row().toString()));
    assertEquals(null, refusal.getCause());
  }

  @Test
  void whatWasSealedOpensInItsContext() {
    String sealed = BOX.seal(SECRET, CONTEXT);
    assertEquals(SECRET, BOX.open(sealed, CONTEXT));
    assertFalse(sealed.contains("word"));
  }

  @Test
  void theFrozenSampleStillOpens() {
    assertEquals("frozen sample", BOX.open(FROZEN, CONTEXT).reveal());
  }

  @Test
  void theSameSecretIsNeverSealedAlike() {
    String[] one = BOX.seal(SECRET, CONTEXT).split("\\.");
    String[] other = BOX.seal(SECRET, CONTEXT).split("\\.");
    for (int part = 0; part < one.length; part++) {
      assertNotEquals(one[part], other[part], "part " + part);
    }
  }

  static Stream<SealingContext> otherContexts() {
    TenantId tenant = CONTEXT.tenant();
    return Stream.of(
        new SealingContext(new TenantId("acme2"), ROW, CONTEXT.column()),
        new SealingContext(new TenantId("ACME"), ROW, CONTEXT.column()),
        new SealingContext(
            tenant, UUID.fromString("0196c7b6-8a0c-7d2a-b1f6-000000000002"), CONTEXT.column()),
        new SealingContext(tenant, ROW, "login_session.username_sealed"),
        new SealingContext(tenant, ROW, "linkedin_profile.session_sealed"));
  }

  @ParameterizedTest
  @MethodSource("otherContexts")
  void inAnotherContextItDoesNotOpen(SealingContext other) {
    isUnreadable(BOX.seal(SECRET, CONTEXT), other);
    isUnreadable(BOX.seal(SECRET, other), CONTEXT);
  }

  @Test
  void truncatedAtAnyLengthItDoesNotOpen() {
    String sealed = BOX.seal(SECRET, CONTEXT);
    for (int length = 0; length < sealed.length(); length++) {
      isUnreadable(sealed.substring(0, length), CONTEXT);
      isUnreadable(sealed.substring(sealed.length() - length), CONTEXT);
    }
  }

  @Test
  void withAnyBitFlippedItDoesNotOpen() {
    byte[] sealed = BOX.seal(SECRET, CONTEXT).getBytes(StandardCharsets.ISO_8859_1);
    for (int position = 0; position < sealed.length; position++) {
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        byte[] flipped = sealed.clone();
        flipped[position] ^= (byte) (1 << bit);
        isUnreadable(new String(flipped, StandardCharsets.ISO_8859_1), CONTEXT);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\n", "=", "A", ".", "\u0000", ".x"})
  void withSomethingAddedItDoesNotOpen(String more) {
    String sealed = BOX.seal(SECRET, CONTEXT);
    isUnreadable(sealed + more, CONTEXT);
    isUnreadable(more + sealed, CONTEXT);
  }

  @Test
  void underAnUnknownKeyItDoesNotOpen() {
    isUnreadable(box(keys(key("another", 7))).seal(SECRET, CONTEXT), CONTEXT);
  }

  @Test
  void underAnotherKeyOfTheSameNameItDoesNotOpen() {
    isUnreadable(box(keys(key("2026-05", 8))).seal(SECRET, CONTEXT), CONTEXT);
  }

  @Test
  void partsOfTwoSealsDoNotMix() {
    String[] one = BOX.seal(SECRET, CONTEXT).split("\\.");
    String[] other = BOX.seal(Secret.of("another secret"), CONTEXT).split("\\.");
    for (int part = 0; part < one.length; part++) {
      String[] mixed = one.clone();
      mixed[part] = other[part];
      isUnreadable(String.join(".", mixed), CONTEXT);
    }
  }

  /** A header of the attacker's own, and no way around the two algorithms. */
  @Test
  void anotherAlgorithmDoesNotOpen() throws JoseException {
    Map<String, String> others =
        Map.of("dir", "A256GCM", "A256KW", "A256GCM", "A256GCMKW", "A256CBC-HS512");
    for (Map.Entry<String, String> algorithms : others.entrySet()) {
      isUnreadable(sealedBy(algorithms.getKey(), algorithms.getValue()), CONTEXT);
    }
    JsonWebEncryption byPassword = filled("PBES2-HS256+A128KW", "A256GCM");
    byPassword.setKey(new PbkdfKey("password1"));
    isUnreadable(byPassword.getCompactSerialization(), CONTEXT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "....",
        "null",
        "{}",
        "e30....",
        "bnVsbA....",
        "W10....",
        "eyJ6aXAiOiJERUYifQ....",
        "eyJhbGciOjV9....",
        "eyJhbGciOiJBMjU2R0NNS1ciLCJraWQiOjV9....",
        "a.b.c",
        "a.b.c.d.e.f"
      })
  void whatWasNeverSealedDoesNotOpen(String text) {
    isUnreadable(text, CONTEXT);
    isUnreadable(null, CONTEXT);
  }

  private static String sealedBy(String algorithm, String content) throws JoseException {
    JsonWebEncryption jwe = filled(algorithm, content);
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) 7);
    jwe.setKey(new javax.crypto.spec.SecretKeySpec(key, "AES"));
    return jwe.getCompactSerialization();
  }

  private static JsonWebEncryption filled(String algorithm, String content) {
    JsonWebEncryption jwe = new JsonWebEncryption();
    jwe.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
    jwe.setAlgorithmHeaderValue(algorithm);
    jwe.setEncryptionMethodHeaderParameter(content);
    jwe.setKeyIdHeaderValue("2026-05");
    jwe.setHeader("tenant", CONTEXT.tenant().value());
    jwe.setHeader("row", CONTEXT.row().toString());
    jwe.setHeader("column", CONTEXT.column());
    jwe.setPlaintext("planted");
    return jwe;
  }
}
