package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.connector.SessionJournal;
import ai.pathbound.identities.login.session.LoginOutcome;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * What a page means beyond what it shows, for the step that led there.
 *
 * @param atLogin what it means to be asked to sign in
 * @param sent whether something was sent that may have signed in
 * @param journal who is told what the browser holds, where a stored session is used
 */
record Ending(Uni<LoginOutcome> atLogin, boolean sent, Optional<SessionJournal> journal) {
  /** Nothing was sent yet. */
  static Ending unsent(Uni<LoginOutcome> atLogin) {
    return new Ending(atLogin, false, Optional.empty());
  }

  /** Credentials or a code were sent. */
  static Ending sent(Uni<LoginOutcome> atLogin) {
    return new Ending(atLogin, true, Optional.empty());
  }

  /** A stored session is used. */
  static Ending resumed(Uni<LoginOutcome> atLogin, SessionJournal journal) {
    return new Ending(atLogin, false, Optional.of(journal));
  }
}
