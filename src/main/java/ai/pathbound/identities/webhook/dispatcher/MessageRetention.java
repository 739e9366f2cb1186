package ai.pathbound.identities.webhook.dispatcher;

import ai.pathbound.identities.concurrency.RecurringTask;
import ai.pathbound.identities.webhook.WebhookSettings;
import ai.pathbound.identities.webhook.store.DeliveryQueue;
import ai.pathbound.identities.webhook.store.EndpointRemoval;
import ai.pathbound.identities.webhook.store.OldMessages;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Forgets what is old enough: messages, older secrets, endpoints that were being deleted; and lets
 * go what waits for an endpoint that was switched off at the moment in which it was written.
 */
@ApplicationScoped
class MessageRetention {
  private final OldMessages messages;
  private final EndpointRemoval endpoints;
  private final DeliveryQueue queue;
  private final WebhookSettings settings;
  // One that fails holds up none of the others.
  private final RecurringTask oldMessages = new RecurringTask("retention of messages");
  private final RecurringTask deletions = new RecurringTask("deletion of webhook endpoints");
  private final RecurringTask switchOffs = new RecurringTask("letting go of messages");

  MessageRetention(
      OldMessages messages,
      EndpointRemoval endpoints,
      DeliveryQueue queue,
      WebhookSettings settings) {
    this.messages = messages;
    this.endpoints = endpoints;
    this.queue = queue;
    this.settings = settings;
  }

  @Scheduled(every = "1m", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> prune() {
    return oldMessages
        .run(messages::prune)
        .chain(() -> deletions.run(() -> endpoints.removeForgotten(settings.lease())))
        .chain(() -> switchOffs.run(this::letGo));
  }

  private Uni<Void> letGo() {
    return queue.letGo().flatMap(some -> some == 0 ? Uni.createFrom().voidItem() : letGo());
  }
}
