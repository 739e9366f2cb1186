package ai.pathbound.identities.login.store;

import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.ChallengeRequest;
import ai.pathbound.identities.login.session.Claimable;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.session.Member;
import ai.pathbound.identities.login.session.StoredSession;
import java.time.Instant;
import java.util.Optional;

/**
 * A login that a worker holds: how it stood when it was claimed, and what is needed to go on.
 *
 * @param epoch the row's epoch since the claim; a write under another one finds no row
 * @param worker who holds it
 * @param dueAt since when it had waited for a worker, by the database's clock
 * @param claimedAt since when the worker holds it, by the database's clock
 * @param browser where the browser is, if one was opened
 * @param credentialsSent whether the intent to send credentials was ever committed
 * @param bringsCookie whether what it signs in with is a session that was made elsewhere
 * @param request what a person wants to be pressed, if that waits
 * @param stored the stored LinkedIn session, unless the login brought credentials
 * @param readable whether every secret that is needed to go on did open
 * @param traceparent the W3C trace context of the request, or null
 */
public record Claim(
    Claimable login,
    LoginSnapshot state,
    long epoch,
    String worker,
    Instant dueAt,
    Instant claimedAt,
    Optional<BrowserHandle> browser,
    boolean credentialsSent,
    boolean bringsCookie,
    boolean codeWaiting,
    Optional<ChallengeRequest> request,
    Optional<StoredSession> stored,
    Optional<Member> expected,
    boolean readable,
    String traceparent) {

  /** The same, where a secret of it does not open: it can only be ended. */
  static Claim unreadable(
      Claimable login,
      LoginSnapshot state,
      long epoch,
      String worker,
      Instant dueAt,
      Instant claimedAt,
      String traceparent) {
    return new Claim(
        login,
        state,
        epoch,
        worker,
        dueAt,
        claimedAt,
        Optional.empty(),
        false,
        false,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        traceparent);
  }
}
