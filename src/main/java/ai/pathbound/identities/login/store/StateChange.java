package ai.pathbound.identities.login.store;

import ai.pathbound.identities.login.session.ChallengeRequest;
import ai.pathbound.identities.login.session.LoginSession;
import ai.pathbound.identities.login.session.LoginSnapshot;
import java.time.Instant;

/**
 * A login's change of state.
 *
 * @param before the row as it was read
 * @param epoch the row's epoch then
 * @param codeSealed the code that a worker shall try, or null
 * @param request what a worker shall press, or null
 * @param browserSealed where the browser is now, or null where that has not changed
 */
record StateChange(
    LoginSnapshot before,
    long epoch,
    LoginSession next,
    Instant at,
    String codeSealed,
    ChallengeRequest request,
    String browserSealed) {
  /** One that brings nothing along. */
  static StateChange of(LoginSnapshot before, long epoch, LoginSession next, Instant at) {
    return new StateChange(before, epoch, next, at, null, null, null);
  }

  /** What the row shall hold. Keeps updated_at if a look found the same challenge. */
  LoginSnapshot after() {
    boolean sameAwaiting =
        before.challenge().isPresent() && LoginSnapshot.of(next, before.updatedAt()).equals(before);
    return LoginSnapshot.of(next, sameAwaiting ? before.updatedAt() : at);
  }

  /**
   * A change that was written.
   *
   * @param version the row's since, which receivers of events order by
   * @param followed whether it has ended and something goes the way that it went
   */
  record Written(LoginSnapshot before, LoginSnapshot after, long version, boolean followed) {}
}
