package ai.pathbound.identities.connect.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.connect.link.PageLanguage;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The consent: who changes a sentence of it changes its version, and these hashes. */
@QuarkusTest
class ConsentTextsTest {
  @ParameterizedTest
  @CsvSource({
    "EN,07bbba3b16f227c8f8e9b6d76aa4b693bdb39b9b557381cbba2176aba91e9947",
    "DE,806f28874b96f1e6c4dd241c943b7737656de0860de9bb1538da125bbf4e5583",
    "FR,6c54d7293a0b9e343df18f25b079eef7ad5ef5fa6144ea1cd4103b6d719edbb3",
    "ES,bcb060962f1e6ce4efe0b3953adbea859a6aae34f5f9249ca4af533991e115ae"
  })
  void eachVersionHasOneTextInEachLanguage(PageLanguage language, String sha256) {
    assertEquals("2026-11-27", ConsentTexts.VERSION);
    assertEquals(sha256, ConsentTexts.of(language, "Acme").text().sha256());
  }
}
