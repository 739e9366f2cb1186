package ai.pathbound.identities.login.store;

import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.session.Running;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;

/**
 * What became of a claimed login, ready to be written: all that is sealed of it is sealed already,
 * so that no row is locked meanwhile.
 */
final class Settlement {
  final Claim claim;
  final LoginSnapshot held;
  final Running running;
  final LoginOutcome outcome;
  final Seals sealed;
  private final Context context = Vertx.currentContext();

  /**
   * What is stored sealed.
   *
   * @param browser where the browser is, or null where that has not changed
   * @param session the session that the login won, or null
   * @param member whose it is, or null where that is not known
   */
  record Seals(String browser, String session, String member) {}

  Settlement(Claim claim, LoginSnapshot held, Running running, LoginOutcome outcome, Seals sealed) {
    this.claim = claim;
    this.held = held;
    this.running = running;
    this.outcome = outcome;
    this.sealed = sealed;
  }

  /** Runs what waited for the commit where the login's own log fields and trace are. */
  void committed(List<Runnable> afterCommit) {
    if (context == null || context == Vertx.currentContext()) {
      afterCommit.forEach(Runnable::run);
    } else {
      context.runOnContext(go -> afterCommit.forEach(Runnable::run));
    }
  }
}
