package ai.pathbound.identities.login.store;

import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.login.session.LoginSnapshot;
import io.smallrye.mutiny.Uni;

/** Goes the way that a login goes: runs when one ends, whoever ends it. */
public interface LoginFollower {

  /**
   * Runs in the transaction in which the login ends, which has its row locked. The deletion of an
   * identity is not told: what follows a login goes with it.
   */
  Uni<Void> ended(Transaction tx, LoginSnapshot login);
}
