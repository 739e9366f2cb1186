package ai.pathbound.identities.connect.link;

import ai.pathbound.identities.id.SessionId;
import java.util.Optional;

/**
 * How far a holder has come.
 *
 * @param browser the browser of the consent
 * @param submissions how often credentials were submitted
 * @param login the login of the last submission
 */
record LinkProgress(Optional<BoundBrowser> browser, int submissions, Optional<SessionId> login) {
  /** How often a holder may submit credentials. */
  static final int MOST_SUBMISSIONS = 3;

  static final LinkProgress NONE = new LinkProgress(Optional.empty(), 0, Optional.empty());

  LinkProgress openedIn(BoundBrowser by) {
    return new LinkProgress(Optional.of(by), submissions, login);
  }

  LinkProgress submitted(SessionId session) {
    return new LinkProgress(browser, submissions + 1, Optional.of(session));
  }

  boolean isLastSubmission() {
    return submissions >= MOST_SUBMISSIONS;
  }
}
