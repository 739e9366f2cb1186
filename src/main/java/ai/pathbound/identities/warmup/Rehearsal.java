package ai.pathbound.identities.warmup;

import ai.pathbound.identities.tenant.Caller;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Calls that are made for nobody: nothing of them is committed or logged, or counted among calls
 * and logins.
 */
public interface Rehearsal {
  /** Whom they are made for. No token is needed to be that, and nothing is to be had by it. */
  Caller NOBODY = new Caller(new TenantId("nobody"), "nobody", Optional.empty());

  /**
   * Makes them; fails where they cannot be made now. Runs beside itself, and is never cancelled: a
   * transaction of Hibernate Reactive's that is cancelled may go on without its end.
   */
  Uni<Void> rehearse();

  /** A transaction that ends with {@link Over}, which is then no failure. */
  static Uni<Void> rolledBack(Uni<?> transaction) {
    return transaction.replaceWithVoid().onFailure(Over.class).recoverWithNull();
  }

  /** Rolls back the transaction that it is thrown in. */
  final class Over extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Without a stack trace. */
    public Over() {
      super("the rehearsal is over", null, false, false);
    }
  }
}
