package ai.pathbound.identities.login;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Something done again and again. A failure is no error, for the next time will do: it is told
 * once, and once more when it works again, so that a database that is away does not fill the log.
 */
public final class Tick {
  private static final Logger LOG = Logger.getLogger(Tick.class);

  private final String what;
  private final AtomicBoolean failing = new AtomicBoolean();

  /** Of {@code what}, as the log names it. */
  public Tick(String what) {
    this.what = what;
  }

  /** Does it once; never fails. */
  public Uni<Void> run(Supplier<Uni<Void>> work) {
    return Uni.createFrom()
        .deferred(work::get)
        .invoke(this::works)
        .onFailure()
        .recoverWithUni(this::fails);
  }

  private void works() {
    if (failing.getAndSet(false)) {
      LOG.infof("%s: works again", what);
    }
  }

  private Uni<Void> fails(Throwable failure) {
    if (!failing.getAndSet(true)) {
      LOG.warnf("%s: fails, and is tried again: %s", what, failure);
    }
    return Uni.createFrom().voidItem();
  }
}
