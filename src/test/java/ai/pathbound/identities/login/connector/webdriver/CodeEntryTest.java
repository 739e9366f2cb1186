package ai.pathbound.identities.login.connector.webdriver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.LoginOutcome.CodeRequired;
import ai.pathbound.identities.login.session.LoginOutcome.SignedIn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How often a code is sent: a mistyped one costs an attempt, and each is sent once. */
@Tag("faults")
class CodeEntryTest extends RealBrowserTest {

  @AfterEach
  void thePasswordWasSentOnce() {
    assertEquals(1, linkedIn.passwordsSent());
    assertEquals(0, linkedIn.passwordsInAddresses());
  }

  @ParameterizedTest
  @CsvSource({
    "numberpin, 12345O",
    "sixdigits, 12345",
    "sixdigits, 1234567",
    "sixdigits, 12345O",
    "disableduntil, 12345",
    "boxes, 12345",
    "boxes, 1234567"
  })
  void aCodeThatItsPageDoesNotTakeIsWrongInTheSameBrowser(String tag, String mistyped) {
    CodeRequired asked = assertInstanceOf(CodeRequired.class, begin("ada+" + tag + "@example.com"));
    CodeRequired again = assertInstanceOf(CodeRequired.class, answer(asked.at(), mistyped));
    assertTrue(again.wrong());
    assertEquals(ChallengeKind.EMAIL_CODE, again.kind());
    assertEquals(0, linkedIn.codesSent(), "it was not taken, and is sent");
    assertInstanceOf(SignedIn.class, answer(again.at(), "123456"));
    assertEquals(1, linkedIn.codesSent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"selfsending", "selfsubmits"})
  void aCodeThatSendsItselfIsSentOnce(String tag) {
    CodeRequired asked = assertInstanceOf(CodeRequired.class, begin("ada+" + tag + "@example.com"));
    CodeRequired again = assertInstanceOf(CodeRequired.class, answer(asked.at(), "654321"));
    assertTrue(again.wrong());
    assertEquals(1, linkedIn.codesSent());
    assertInstanceOf(SignedIn.class, answer(again.at(), "123456"));
    assertEquals(2, linkedIn.codesSent());
  }

  @Test
  void aCodeThatSentItselfIsNotTypedIntoTheChallengeAfterIt() {
    CodeRequired first =
        assertInstanceOf(CodeRequired.class, begin("ada+selfsubmits+phone05@example.com"));
    CodeRequired second = assertInstanceOf(CodeRequired.class, answer(first.at(), "123456"));
    assertEquals(ChallengeKind.SMS_CODE, second.kind());
    assertEquals(1, linkedIn.codesSent());
    assertInstanceOf(SignedIn.class, answer(second.at(), "123456"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"verifying", "spinner"})
  void aWordOfPatienceIsNoAnswer(String tag) {
    CodeRequired asked = assertInstanceOf(CodeRequired.class, begin("ada+" + tag + "@example.com"));
    assertInstanceOf(SignedIn.class, answer(asked.at(), "123456"));
    assertEquals(1, linkedIn.codesSent());
  }
}
