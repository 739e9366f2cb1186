package ai.pathbound.identities.login.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentToTest {

  @ParameterizedTest
  @CsvSource({
    "We sent a code to a•••@example.com., a•••@example.com",
    "Código enviado para a*****e@gmail.com, a*****e@gmail.com",
    "to ***@example.com now, ***@example.com",
    "to axxx@example.com, axxx@example.com",
    "to axxxxe@example.com, axxxxe@example.com",
    "a text to •••• 42, •••• 42",
    "sent to ***-***-1234, ***-***-1234",
    "sent to xxx-xxx-9876, xxx-xxx-9876"
  })
  void whatLinkedInMasksIsShownAsItMasksIt(String text, String shown) {
    assertEquals(Optional.of(shown), SentTo.in(text).map(SentTo::text));
  }

  @ParameterizedTest
  @CsvSource({
    "We sent it to ada.lovelace@example.com!, a•••@example.com",
    "to maxx.smith@example.com, m•••@example.com",
    "to foxx@example.com, f•••@example.com",
    "to jean·luc@example.com, j•••@example.com",
    "we sent it to +1 (415) 555-2671, •••• 71",
    "envoyé au 06 12 34 56 78, •••• 78",
    "+49 ***-***-123456, •••• 3456"
  })
  void whatItShowsWholeIsMasked(String text, String shown) {
    assertEquals(Optional.of(shown), SentTo.in(text).map(SentTo::text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Enter the 6-digit code",
        "The code is valid for 10 minutes",
        "© 2026 LinkedIn",
        "© 2026 · LinkedIn",
        "@",
        "ask @example"
      })
  void whatIsNoAddressOrNumberIsNone(String text) {
    assertEquals(Optional.empty(), SentTo.in(text));
    assertThrows(IllegalArgumentException.class, () -> new SentTo(text));
  }

  @Test
  void whatIsTooLongToBeOneIsNone() {
    assertEquals(Optional.empty(), SentTo.in("a*@" + "x".repeat(100) + ".com"));
  }
}
