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
    "EN,e9dbb67678c8d71daee58e3e979d001e78da6592d4f44faf712e01d58a720253",
    "DE,a9f589b19c6b27f9f73cc0218cc4f8bac553b9fa9582ce84819c8f77ce6f11c3",
    "FR,502dfa3e27d5dfcceae3e4bb183336e4f9e214db2dca98a602e2ddb692ec8f3b",
    "ES,2046f55b6424b48fa6713fd0cd7d8a9950ad594ad597d411b739622127a21e0d"
  })
  void eachVersionHasOneTextInEachLanguage(PageLanguage language, String sha256) {
    assertEquals("2026-11-27", ConsentTexts.VERSION);
    assertEquals(sha256, ConsentTexts.of(language, "Acme").text().sha256());
  }
}
