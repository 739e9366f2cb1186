package ai.pathbound.identities.secret;

import static ai.pathbound.identities.secret.SecretBoxTest.key;
import static ai.pathbound.identities.secret.SecretBoxTest.keys;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The key set is read or refused with one sentence, which an operator's log may hold. */
class SealingKeysTest {
  /** Stands wherever key material stands in what is refused. */
  private static final String MATERIAL = "Tm90QVJlYWxLZXlCdXRTZWNyZXQ";

  private static final String MIXED =
      keys(
          key("plain", 1),
          "{\"kty\":\"oct\",\"kid\":\"w\",\"alg\":\"A256GCMKW\",\"wrapped\":\"vault:v12:Ab+/12==\"}",
          key("last", 3));

  private static final String NOT_BY_TRANSIT =
      "key 1 is wrapped, but not by Vault's transit engine (vault:v1:…)";

  static Stream<Arguments> unfit() {
    return Stream.of(
        Arguments.of("{}", "it is not a JWK Set"),
        Arguments.of("{\"keys\":[]}", "the JWK Set holds no usable key"),
        Arguments.of("{\"keys\":5}", "it is not a JWK Set"),
        Arguments.of("{\"keys\":\"" + MATERIAL + "\"}", "it is not a JWK Set"),
        Arguments.of("{\"k\":\"" + MATERIAL + "\"", "it is not a JWK Set"),
        Arguments.of("{\"keys\":[\"" + MATERIAL + "\"]}", "it is not a JWK Set"),
        Arguments.of(oct("\"kid\":\"a\"", ""), "the JWK Set holds no usable key"),
        Arguments.of(oct("\"kid\":\"a\"", MATERIAL), "key 1 has 20 bytes where 32 are needed"),
        Arguments.of(oct("\"kid\":\"a\"", MATERIAL.repeat(2)), null),
        Arguments.of(oct("\"use\":\"enc\"", MATERIAL), "key 1 has no kid"),
        Arguments.of(oct("\"kid\":\" \"", MATERIAL), "key 1 has no kid"),
        Arguments.of(
            oct("\"kid\":\"a\",\"alg\":\"A128KW\"", MATERIAL), "key 1 is not for alg A256GCMKW"),
        Arguments.of(keys(key("a", 1), key("a", 2)), "two keys have the kid \"a\""),
        Arguments.of(
            keys(
                key("a", 1),
                oct("\"kid\":\"b\"", MATERIAL).replace("{\"keys\":[", "").replace("]}", "")),
            "key 2 has 20 bytes where 32 are needed"),
        Arguments.of(
            "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"r\",\"n\":\""
                + MATERIAL
                + "\",\"e\":\"AQAB\"}]}",
            "the JWK Set holds no usable key"),
        Arguments.of(
            oct("\"kid\":\"a\",\"wrapped\":\"vault:v1:AAAA\"", MATERIAL),
            "key 1 has both k and wrapped"),
        Arguments.of(wrapped("", "vault:v1:AAAA"), "key 1 has no kid"),
        Arguments.of(
            wrapped("\"kid\":\"a\",\"alg\":\"dir\",", "vault:v1:AAAA"),
            "key 1 is not for alg A256GCMKW"),
        Arguments.of(
            wrapped("\"kid\":\"a\",", "vault:v1:AAAA").replace("oct", "RSA"),
            "key 1 is not of kty \"oct\""),
        Arguments.of(wrapped("\"kid\":\"a\",", MATERIAL), NOT_BY_TRANSIT),
        Arguments.of(wrapped("\"kid\":\"a\",", "vault:v0:" + MATERIAL), NOT_BY_TRANSIT),
        Arguments.of(wrapped("\"kid\":\"a\",", "vault:v1:"), NOT_BY_TRANSIT),
        Arguments.of(wrapped("\"kid\":\"a\",", ""), NOT_BY_TRANSIT),
        Arguments.of(
            wrapped("\"kid\":\"a\",", "").replace("\"\"", "[\"" + MATERIAL + "\"]"),
            NOT_BY_TRANSIT),
        Arguments.of("[" + MATERIAL + "]", "the file it names cannot be read"),
        Arguments.of(MATERIAL, "the file it names cannot be read"),
        Arguments.of("file:/no/such/" + MATERIAL, "the file it names cannot be read"),
        Arguments.of("file:relative", "the file it names cannot be read"),
        Arguments.of("\u0000" + MATERIAL, "the file it names cannot be read"),
        Arguments.of("", "the file it names cannot be read"));
  }

  private static String oct(String members, String k) {
    return "{\"keys\":[{\"kty\":\"oct\"," + members + ",\"k\":\"" + k + "\"}]}";
  }

  private static String wrapped(String members, String ciphertext) {
    return "{\"keys\":[{\"kty\":\"oct\"," + members + "\"wrapped\":\"" + ciphertext + "\"}]}";
  }

  @ParameterizedTest
  @MethodSource("unfit")
  void anUnfitSetIsRefusedWithOneSentenceThatQuotesNoKey(String setting, String sentence) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> KeySetParser.parse(setting));
    if (sentence != null) {
      assertEquals(sentence, refusal.getMessage());
    }
    assertFalse(refusal.toString().contains(MATERIAL));
    assertFalse(refusal.getMessage().contains("\n"));
    assertNull(refusal.getCause());
  }

  @Test
  void noSetIsRefused() {
    assertEquals(
        "no keys are set",
        assertThrows(
                IllegalArgumentException.class, () -> new SealingKeys(Optional::empty, key -> null))
            .getMessage());
  }

  @Test
  void theFirstSealsAndAllOpen(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("keys.json");
    Files.writeString(file, keys(key("new", 1), key("old", 2)));
    SealingContext context =
        new SealingContext(
            new ai.pathbound.identities.tenant.TenantId("t"), new java.util.UUID(0, 1), "t.c");
    String underTheOld = SecretBoxTest.box(keys(key("old", 2))).seal(Secret.of("s"), context);
    for (String setting : List.of(file.toString(), file.toUri().toString(), " " + file + "\n")) {
      SealingKeys keys = PlainKeys.of(setting);
      assertEquals("new", keys.sealing().id());
      assertEquals("s", new SecretBox(keys).open(underTheOld, context).reveal());
    }
  }

  @Test
  void aKeyDoesNotPrintItself() {
    assertEquals("Key[a]", KeySetParser.parse(keys(key("a", 1))).get(0).toString());
  }

  @Test
  void aWrappedKeyKeepsItsPlaceAndIsUnwrappedOnce() {
    List<WrappedKey> asked = new ArrayList<>();
    byte[] bytes = new byte[32];
    SealingKeys keys =
        new SealingKeys(
            () -> Optional.of(MIXED),
            wrapped -> {
              asked.add(wrapped);
              return bytes;
            });
    assertEquals(List.of(new WrappedKey("w", "vault:v12:Ab+/12==")), asked);
    assertEquals("plain", keys.sealing().id());
    assertEquals(List.of("w", "last"), keys.openingOnly());
    assertArrayEquals(bytes, keys.find("w").orElseThrow().secretKey().getEncoded());
    assertEquals("WrappedKey[w]", asked.get(0).toString());
  }

  @Test
  void whatVaultUnwrapsMustBeAKey() {
    ConfigurationException refusal =
        assertThrows(
            ConfigurationException.class,
            () -> new SealingKeys(() -> Optional.of(MIXED), wrapped -> new byte[16]));
    assertEquals(
        "identities.secrets.keys: the key \"w\" is unfit: what Vault unwrapped has 16 bytes where 32"
            + " are needed",
        refusal.getMessage());
  }
}
