package ai.pathbound.identities.login.connector.webdriver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.id.ProfileId;
import ai.pathbound.identities.login.connector.RecordingJournal;
import ai.pathbound.identities.login.connector.SessionUse;
import ai.pathbound.identities.login.connector.webdriver.standin.LoginShape;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.Country;
import ai.pathbound.identities.login.session.LoginOutcome.CodeRequired;
import ai.pathbound.identities.login.session.LoginOutcome.SignedIn;
import ai.pathbound.identities.login.session.StoredSession;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * A login as most people meet it, in as few browsers as that takes. The shapes one by one are in
 * the second tier.
 */
class TodaysLoginTest extends RealBrowserTest {
  private final RecordingJournal journal = RecordingJournal.withNothing();

  /** A bound only: what runs beside this tier may keep a browser waiting. */
  @Override
  WebDriverSetup setup() {
    return super.setup().with("page-timeout", "30s");
  }

  @Test
  void aFormlessLoginWithACodeAndADetourWinsASessionThatLivesByItsUses() {
    linkedIn.shape(LoginShape.FORMLESS_COPIES);
    CodeRequired asked =
        assertInstanceOf(
            CodeRequired.class, begin("ada+phone05+coveredoffer+onboarding+renew@example.com"));
    assertEquals(ChallengeKind.SMS_CODE, asked.kind());
    CodeRequired again = assertInstanceOf(CodeRequired.class, answer(asked.at(), "000000"));
    assertTrue(again.wrong());
    StoredSession session =
        assertInstanceOf(SignedIn.class, answer(again.at(), "123456")).session();
    for (String cookie : List.of("li_at", "li_a", "JSESSIONID")) {
      assertTrue(session.content().reveal().contains('"' + cookie + '"'), cookie);
    }
    assertTrue(check(session));
    assertTrue(check(journal.session().orElseThrow()));
    assertFalse(check(session), "the one before is not honoured any more");
    assertEquals(1, linkedIn.passwordsSent());
    assertEquals(0, linkedIn.passwordsInAddresses());
  }

  @Test
  void whoIsShownAPickerOfAccountsAtTheFeedIsNotSignedIn() {
    linkedIn.shape(LoginShape.LATE_SCRIPT);
    SignedIn won = assertInstanceOf(SignedIn.class, begin("ada+expired+picker@example.com"));
    assertFalse(check(won.session()));
    assertEquals(Optional.empty(), journal.session(), "a browser that was signed out is stored");
    assertEquals(1, linkedIn.passwordsSent());
    assertEquals(0, linkedIn.passwordsInAddresses());
  }

  private boolean check(StoredSession session) {
    SessionUse use =
        new SessionUse(new ProfileId(UUID.randomUUID()), session, Country.DEFAULT, false);
    try (WebDriverConnector connector = connector(setup())) {
      return outcomeOf(connector.check(use, journal));
    }
  }
}
