package ai.pathbound.identities.login.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.login.connector.RecordingJournal.Call;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.LoginOutcome.CodeRequired;
import ai.pathbound.identities.login.session.LoginOutcome.ConfirmationRequired;
import ai.pathbound.identities.login.session.LoginOutcome.Refused;
import ai.pathbound.identities.login.session.LoginOutcome.SignedIn;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The first half of {@link LinkedInShapesContract}: the pages that a login meets. */
abstract class LoginShapes extends ConnectorHarness {
  static final String SIGNED_IN = "SIGNED_IN";

  /** Whether LinkedIn plays the tags beyond the sandbox's. */
  protected abstract boolean playsShapes();

  /** From now on LinkedIn's login page comes in the shape of that tag. */
  protected abstract void loginPage(String tag);

  /** How often a button was pressed from which nothing may be sent; empty where nobody counts. */
  protected OptionalInt pressedInVain() {
    return OptionalInt.empty();
  }

  String end(String played) {
    return playsShapes() ? played : SIGNED_IN;
  }

  static String word(LoginOutcome outcome) {
    if (outcome instanceof CodeRequired code) {
      return code.kind() + (code.wrong() ? " again" : "");
    }
    if (outcome instanceof ConfirmationRequired waiting) {
      return waiting.kind().toString();
    }
    return outcome instanceof Refused refused ? refused.reason().toString() : SIGNED_IN;
  }

  void assertSent(int passwords) {
    passwordsSent().ifPresent(sent -> assertEquals(passwords, sent));
  }

  @ParameterizedTest
  @CsvSource({
    "login-formless, SIGNED_IN, 1",
    "login-formless-copies, SIGNED_IN, 1",
    "login-formless-foreign, SIGNED_IN, 1",
    "login-formless-elsewhere, SIGNED_IN, 1",
    "login-unnamed, SIGNED_IN, 1",
    "login-late-script, SIGNED_IN, 1",
    "login-replaced-150, SIGNED_IN, 1",
    "login-replaced-400, SIGNED_IN, 1",
    "login-replaced-900, SIGNED_IN, 1",
    "login-swallowed, SIGNED_IN, 1",
    "login-formless-alert, SIGNED_IN, 1",
    "login-formless-late, SIGNED_IN, 1",
    "login-formless-spinner, SIGNED_IN, 1",
    "login-form-data, SIGNED_IN, 1",
    "login-pointer-down, SIGNED_IN, 1",
    "login-key-down, SIGNED_IN, 1",
    "login-stopped, SIGNED_IN, 1",
    "login-badge, SIGNED_IN, 1",
    "login-password-only, SIGNED_IN, 1",
    "login-strange, UNKNOWN_CHALLENGE, 0",
    "login-nobodys, UNKNOWN_CHALLENGE, 0"
  })
  void aLoginPageIsFilledInOnceOrNotAtAll(String tag, String played, int sent) {
    loginPage(tag);
    RecordingJournal journal = credentialsOf("ada+" + tag + "@example.com");
    assertEquals(end(played), word(outcomeOf(connector().begin(start(), journal))));
    assertEquals(!playsShapes() || sent > 0, journal.calls().contains(Call.CREDENTIALS));
    assertSent(sent);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "login-no-script",
        "login-unhandled",
        "login-submits-itself",
        "login-resets-itself",
        "login-anothers"
      })
  void aPasswordThatWouldGoAstrayIsNotSent(String tag) {
    loginPage(tag);
    if (playsShapes()) {
      assertThrows(RuntimeException.class, () -> begin("ada+" + tag + "@example.com"));
    } else {
      assertSignedIn(begin("ada+" + tag + "@example.com"));
    }
    assertSent(0);
    pressedInVain()
        .ifPresent(presses -> assertTrue(presses <= 2, "it presses on and on: " + presses));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "login-formless",
        "login-formless-copies",
        "login-formless-foreign",
        "login-formless-elsewhere",
        "login-formless-alert",
        "login-unnamed"
      })
  void aRefusalIsToldByItsStructure(String tag) {
    loginPage(tag);
    assertEquals(
        FailureReason.CREDENTIALS_REJECTED.toString(),
        word(begin("ada+rejected+" + tag + "@example.com")));
    assertSent(1);
  }

  @ParameterizedTest
  @CsvSource({
    "restriction, ACCOUNT_LOCKED",
    "puzzle, CAPTCHA_REQUIRED",
    "arkose, CAPTCHA_REQUIRED",
    "frame, CAPTCHA_REQUIRED",
    "odd, UNKNOWN_CHALLENGE",
    "skip+skip, SIGNED_IN",
    "coveredoffer, SIGNED_IN",
    "mynetwork, SIGNED_IN",
    "onboarding, SIGNED_IN",
    "moment, SIGNED_IN",
    "newer, SIGNED_IN",
    "bare, SIGNED_IN",
    "mynetworkpost, SIGNED_IN"
  })
  void whatComesAfterThePasswordIsToldByItsStructure(String tag, String played) {
    assertEquals(end(played), word(begin("ada+" + tag + "@example.com")));
    assertSent(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"me999", "me404", "mecaptcha", "nomember"})
  void aSessionThatWasWonIsKeptAlsoWhereNobodySaysWhoseItIs(String tag) {
    SignedIn won = assertSignedIn(begin("ada+" + tag + "@example.com"));
    assertEquals(!playsShapes(), won.member().isKnown());
    assertSent(1);
  }

  @ParameterizedTest
  @CsvSource({
    "pin, EMAIL_CODE",
    "phone05, SMS_CODE",
    "inplace, EMAIL_CODE",
    "resend, EMAIL_CODE",
    "numberpin, EMAIL_CODE",
    "sixdigits, EMAIL_CODE",
    "disableduntil, EMAIL_CODE",
    "boxes, EMAIL_CODE",
    "selfsending, EMAIL_CODE",
    "selfsubmits, EMAIL_CODE",
    "verifying, EMAIL_CODE",
    "spinner, EMAIL_CODE",
    "emailwords, EMAIL_CODE",
    "otherwords, EMAIL_CODE"
  })
  void aMistypedCodeCostsAnAttempt(String tag, String kind) {
    LoginOutcome asked = begin("ada+" + tag + "@example.com");
    assertEquals(end(kind), word(asked));
    if (playsShapes()) {
      LoginOutcome again = answer(asked, WRONG_CODE);
      assertEquals(kind + " again", word(again));
      assertSignedIn(answer(again, RIGHT_CODE));
    }
    assertSent(1);
  }

  @Test
  void aLoginThatComesAgainAfterACodeSaysNothingAboutTheCredentialsWhateverItMarks() {
    LoginOutcome asked = begin("ada+codeback@example.com");
    assertEquals(end(ChallengeKind.SMS_CODE.toString()), word(asked));
    if (playsShapes()) {
      assertEquals(new Refused(FailureReason.VERIFICATION_TIMEOUT), answer(asked, RIGHT_CODE));
    }
    assertSent(1);
  }

  @ParameterizedTest
  @CsvSource({
    "inapp, APP_APPROVAL, SIGNED_IN",
    "inappcheck, APP_APPROVAL, SIGNED_IN",
    "otherway, EMAIL_LINK, SIGNED_IN",
    "appback, APP_APPROVAL, VERIFICATION_TIMEOUT"
  })
  void aConfirmationIsToldByItsStructureAndWaitedFor(String tag, String kind, String played) {
    LoginOutcome found = begin("ada+" + tag + "@example.com");
    assertEquals(end(kind), word(found));
    if (playsShapes()) {
      assertEquals(played, word(afterConfirmation((ConfirmationRequired) found)));
    }
    assertSent(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"again", "broken", "nosession", "bare+nomember"})
  void whatProvesNothingIsUnavailable(String tag) {
    if (playsShapes()) {
      assertThrows(RuntimeException.class, () -> begin("ada+" + tag + "@example.com"));
    } else {
      assertSignedIn(begin("ada+" + tag + "@example.com"));
    }
    assertSent(1);
  }
}
