package ai.pathbound.identities.secret;

import static ai.pathbound.identities.secret.SecretBoxTest.key;
import static ai.pathbound.identities.secret.SecretBoxTest.keys;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  @ParameterizedTest
  @MethodSource("unfit")
  void anUnfitSetIsRefusedWithOneSentenceThatQuotesNoKey(String setting, String sentence) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> SealingKeys.parse(setting));
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
        assertThrows(IllegalArgumentException.class, () -> new SealingKeys(Optional::empty))
            .getMessage());
  }

  @Test
  void theFirstSealsAndAllOpen(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("keys.json");
    Files.writeString(file, keys(key("new", 1), key("old", 2)));
    Place place =
        new Place(
            new ai.pathbound.identities.tenant.TenantId("t"), new java.util.UUID(0, 1), "t.c");
    String underTheOld = SecretBoxTest.box(keys(key("old", 2))).seal(Secret.of("s"), place);
    for (String setting : List.of(file.toString(), file.toUri().toString(), " " + file + "\n")) {
      SealingKeys keys = new SealingKeys(() -> Optional.of(setting));
      assertEquals("new", keys.sealing().id());
      assertEquals("s", new SecretBox(keys).open(underTheOld, place).reveal());
    }
  }

  @Test
  void aKeyDoesNotPrintItself() {
    assertEquals("Key[a]", SealingKeys.parse(keys(key("a", 1))).get(0).toString());
  }
}
