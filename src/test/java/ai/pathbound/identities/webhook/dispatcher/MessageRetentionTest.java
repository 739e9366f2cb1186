package ai.pathbound.identities.webhook.dispatcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.webhook.WebhookSettingsOf;
import ai.pathbound.identities.webhook.store.RetentionParts;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The steps of retention do not hold up each other. */
class MessageRetentionTest {
  private static final int WAITING = 3;

  @Test
  void oneStepThatFailsHoldsUpNoneOfTheOthers() {
    AtomicInteger asked = new AtomicInteger();
    Supplier<Uni<Void>> tooLong =
        () -> {
          asked.incrementAndGet();
          return Uni.createFrom().failure(new IllegalStateException("statement timeout"));
        };
    AtomicInteger waiting = new AtomicInteger(WAITING);
    new MessageRetention(
            RetentionParts.messages(tooLong),
            RetentionParts.removal(tooLong),
            RetentionParts.queue(waiting),
            WebhookSettingsOf.values(Map.of()))
        .prune()
        .await()
        .atMost(Duration.ofSeconds(10));
    assertEquals(2, asked.get());
    assertEquals(0, waiting.get(), "what waits for endpoints that are switched off is not let go");
  }
}
