package ai.pathbound.identities.login.connector;

import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.Country;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.StoredSession;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/**
 * The way to LinkedIn. A connector is stateless: what it must remember goes into the {@link
 * BrowserHandle}, so that any replica can go on where another one stopped. It reports what it
 * found; the core decides. Whatever fails on the way is a failed {@link Uni}, and counts as {@code
 * linkedin_unavailable}.
 *
 * <p>It need not close a browser when a login ends: the core calls {@link #abandon} for each one it
 * was told of by {@link LoginJournal#browserAt}.
 */
public interface LinkedInConnector {

  /** How many steps it does at a time in this replica; further ones wait their turn. */
  default int atATime() {
    return Integer.MAX_VALUE;
  }

  /**
   * Whether a further browser could be opened without waiting for another one to be closed, whoever
   * has those; true where that is not known.
   */
  default Uni<Boolean> hasRoom() {
    return Uni.createFrom().item(true);
  }

  /** Whether there is a way out to LinkedIn from {@code country}. */
  boolean reaches(Country country);

  /**
   * Opens a browser and signs in, with the stored session or with credentials, up to the first
   * outcome. Of a login that uses a stored session, {@code journal} is told at the end of each
   * step, however it ends, what the browser holds then.
   */
  Uni<LoginOutcome> begin(LoginStart start, LoginJournal journal);

  /** Types the code that {@code journal} hands out into the browser that waits for it. */
  Uni<LoginOutcome> answer(BrowserHandle browser, LoginJournal journal);

  /**
   * Has the page send its code or message again, once {@code journal} was told of it, and reports
   * what it asks for then. A page that has moved on, or offers that no more, is reported as it is.
   */
  Uni<LoginOutcome> resend(BrowserHandle browser, LoginJournal journal);

  /**
   * Has the page raise another challenge, one that it offered, once {@code journal} was told of it.
   * A page that has moved on, or offers that no more, is reported as it is.
   */
  Uni<LoginOutcome> choose(BrowserHandle browser, ChallengeKind other, LoginJournal journal);

  /**
   * Looks where the browser is now and types nothing: for approvals, and after a crash. A browser
   * that shows neither a sign-in nor a challenge nor a refusal is {@code interrupted}.
   */
  Uni<LoginOutcome> look(BrowserHandle browser, SessionJournal journal);

  /**
   * Whether LinkedIn honours a session now; starts no login, keeps no browser. Only a page that
   * says so makes it false; one that proves neither is a failure. A use that must make way ({@link
   * SessionUse#wanted}) fails with {@link SessionWantedException}, once its browser is closed.
   */
  Uni<Boolean> check(SessionUse use, SessionJournal journal);

  /**
   * Ends the session at LinkedIn, as its sign-out does; keeps no browser.
   *
   * @return whether LinkedIn showed afterwards that it is over
   */
  Uni<Boolean> signOut(SessionUse use, SessionJournal journal);

  /**
   * The session that is in a browser whose use ended without a word, as when its replica was
   * killed; empty where the browser is gone, or where no member is signed in in it. Closes the
   * browser, unless it fails because the browser could not be asked: what it holds may be newer
   * than what is stored.
   */
  Uni<Optional<StoredSession>> retrieve(BrowserHandle browser);

  /** Closes a browser; one that is gone already is closed. */
  Uni<Void> abandon(BrowserHandle browser);

  /**
   * The browsers that are open and carry our label, this installation's or another's; none where a
   * farm does not tell.
   */
  Uni<List<OpenBrowser>> openBrowsers();
}
