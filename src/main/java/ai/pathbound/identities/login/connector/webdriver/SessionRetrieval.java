package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.connector.webdriver.protocol.ErrorCode.Meaning;
import ai.pathbound.identities.login.connector.webdriver.protocol.WebDriverException;
import ai.pathbound.identities.login.session.StoredSession;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;

/**
 * Takes the session out of a browser whose use ended without a word. What the browser holds is
 * newer than what was stored, unless LinkedIn shows that it is signed out; that LinkedIn does not
 * answer shows nothing. A browser that is gone has none; one that does not say what it holds is a
 * failure, since what it holds may be all that counts.
 */
final class SessionRetrieval {
  // Whoever waits for the session has other things to do as well.
  private static final Duration ASKING = Duration.ofSeconds(15);
  private static final Duration READING = Duration.ofSeconds(5);

  private final SessionKeeper keeper;
  private final Membership membership;
  private final Duration firstLook;

  /**
   * Retrieves by those.
   *
   * @param pageTimeout how long a page that the dead replica opened may keep the browser busy
   */
  SessionRetrieval(SessionKeeper keeper, Membership membership, Duration pageTimeout) {
    this.keeper = keeper;
    this.membership = membership;
    this.firstLook = pageTimeout.plus(READING);
  }

  /** The session; empty where there is none, or where no member is signed in. */
  Uni<Optional<StoredSession>> run(Browser browser) {
    return keeper
        .held(browser)
        .ifNoItem()
        .after(firstLook)
        .fail()
        .chain(before -> asked(browser, before))
        .onFailure(failure -> WebDriverException.means(failure, Meaning.BROWSER_LOST))
        .recoverWithItem(Optional.empty());
  }

  private Uni<Optional<StoredSession>> asked(Browser browser, Optional<StoredSession> before) {
    return membership
        .isSignedOut(browser)
        .ifNoItem()
        .after(ASKING)
        .fail()
        .chain(
            out ->
                out ? Uni.createFrom().item(Optional.<StoredSession>empty()) : keeper.held(browser))
        .onFailure()
        .recoverWithUni(() -> unsaid(browser, before));
  }

  private Uni<Optional<StoredSession>> unsaid(Browser browser, Optional<StoredSession> before) {
    return keeper
        .held(browser)
        .ifNoItem()
        .after(READING)
        .fail()
        .map(now -> now.or(() -> before))
        .onFailure()
        .recoverWithItem(before);
  }
}
