package ai.pathbound.identities.webhook.dispatcher;

import ai.pathbound.identities.webhook.WebhookSettings;
import ai.pathbound.identities.webhook.dispatcher.MessageSender.Sent;
import ai.pathbound.identities.webhook.store.Attempt;
import ai.pathbound.identities.webhook.store.ClaimedDelivery;
import ai.pathbound.identities.webhook.store.DeliveryOutcomes;
import ai.pathbound.identities.webhook.store.Endpoint.DisabledReason;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Tries one claimed message once, and writes down what came of it. */
@ApplicationScoped
class MessageStep {
  private static final int GONE = 410;

  private final MessageSender sender;
  private final DeliveryOutcomes outcomes;
  private final MessageMetrics metrics;
  private final WebhookSettings settings;
  private final Clock clock;
  private final RetrySchedule schedule =
      new RetrySchedule(() -> ThreadLocalRandom.current().nextDouble());

  MessageStep(
      MessageSender sender,
      DeliveryOutcomes outcomes,
      MessageMetrics metrics,
      WebhookSettings settings,
      Clock clock) {
    this.sender = sender;
    this.outcomes = outcomes;
    this.metrics = metrics;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * What became of it is in the database afterwards; fails where it cannot be written. Nothing is
   * written of an attempt that was interrupted: it is not the endpoint that failed.
   */
  Uni<Void> drive(ClaimedDelivery message, Exchange exchange) {
    return sender
        .send(message, exchange)
        .flatMap(
            sent ->
                exchange.isInterrupted()
                    ? Uni.createFrom().voidItem()
                    : settle(message, sent)
                        .invoke(status -> metrics.settled(sent.attempt(), status))
                        .replaceWithVoid());
  }

  private Uni<Optional<String>> settle(ClaimedDelivery message, Sent sent) {
    Attempt attempt = sent.attempt();
    if (attempt.error().isEmpty()) {
      return outcomes.settle(message, attempt, Optional.empty());
    }
    if (attempt.responseStatus().filter(status -> status == GONE).isPresent()) {
      return outcomes.settleAndSwitchOff(
          message, attempt, Optional.empty(), DisabledReason.GONE, Optional.empty());
    }
    Instant now = clock.instant();
    Optional<Duration> asked = RetryAfter.parse(sent.retryAfter(), now);
    Optional<Instant> next = schedule.next(message.tries() + 1, asked).map(now::plus);
    Instant longAgo = now.minus(settings.disableAfter());
    boolean ours = attempt.error().filter(Attempt.Error::isOurs).isPresent();
    if (!ours && message.failingSince().filter(since -> !since.isAfter(longAgo)).isPresent()) {
      return outcomes.settleAndSwitchOff(
          message, attempt, next, DisabledReason.FAILING, Optional.of(longAgo));
    }
    return outcomes.settle(message, attempt, next);
  }
}
