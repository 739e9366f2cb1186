package ai.pathbound.identities.webhook.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Tells this replica's dispatcher that a message was written, so that it need not wait for its
 * poll. The transaction may still be under way: a listener looks for the message a moment later.
 */
@ApplicationScoped
public class OutboxSignal {
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /** Calls {@code listener} whenever something was written; briefly, it must not block. */
  public void onWritten(Runnable listener) {
    listeners.add(listener);
  }

  void written() {
    listeners.forEach(Runnable::run);
  }
}
