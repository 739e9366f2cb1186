package ai.pathbound.identities.webhook.store;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The steps of retention, played, for tests of other packages. */
public final class RetentionParts {
  private RetentionParts() {}

  /** Old messages that are forgotten as {@code work} does it. */
  public static OldMessages messages(Supplier<Uni<Void>> work) {
    return new OldMessages(null, null, null) {
      @Override
      public Uni<Void> prune() {
        return work.get();
      }
    };
  }

  /** Deletions that are finished as {@code work} does it. */
  public static EndpointRemoval removal(Supplier<Uni<Void>> work) {
    return new EndpointRemoval(null, null, null, null) {
      @Override
      public Uni<Void> removeForgotten(Duration markedBefore) {
        return work.get();
      }
    };
  }

  /** A queue of which so much is let go, one at a time. */
  public static DeliveryQueue queue(AtomicInteger left) {
    return new DeliveryQueue(null, null, null) {
      @Override
      public Uni<Integer> letGo() {
        return Uni.createFrom().item(left.get() == 0 ? 0 : left.getAndDecrement());
      }
    };
  }
}
