package ai.pathbound.identities.warmup;

import ai.pathbound.identities.tenant.Caller;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Calls that are made for nobody: nothing is counted, logged or committed of them, and no other
 * transaction sees what they write.
 */
public interface Rehearsal {
  /** Whom they are made for. No token is needed to be that, and nothing is to be had by it. */
  Caller NOBODY = new Caller(new TenantId("nobody"), "nobody", Optional.empty());

  /** Makes them, several at a time; fails where they cannot be made now. */
  Uni<Void> rehearse();

  /** Rolls back the transaction that it is thrown in. */
  final class Over extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Without a stack trace. */
    public Over() {
      super("the rehearsal is over", null, false, false);
    }
  }
}
