package ai.pathbound.identities.login.worker;

import ai.pathbound.identities.concurrency.RecurringTask;
import ai.pathbound.identities.login.store.StaleSeals;
import ai.pathbound.identities.secret.ResealingSettings;
import ai.pathbound.identities.secret.SealingKeys;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * Completes a key rotation: counts the values under other keys than the first, reseals them at a
 * bounded pace, and reports how many are left.
 */
@ApplicationScoped
class Resealer {
  private static final Logger LOG = Logger.getLogger(Resealer.class);

  private final StaleSeals seals;
  private final SealingKeys keys;
  private final ResealingSettings settings;
  private final RecurringTask counting = new RecurringTask("counting what other keys sealed");
  private final RecurringTask resealing = new RecurringTask("resealing");
  private final MultiGauge left;
  private volatile boolean rotating;
  private volatile boolean work;

  Resealer(StaleSeals seals, SealingKeys keys, ResealingSettings settings, MeterRegistry metrics) {
    this.seals = seals;
    this.keys = keys;
    this.settings = settings;
    this.left =
        MultiGauge.builder("identities.secrets.stale")
            .description("Sealed values under another key than the first, by its kid")
            .register(metrics);
  }

  @Scheduled(
      every = "${identities.secrets.resealing.count-interval:30s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> count() {
    return counting.run(() -> seals.count().invoke(this::say).replaceWithVoid());
  }

  private void say(Map<String, Long> sealed) {
    Map<String, Long> counts = new TreeMap<>(sealed);
    // A key without values is reported as 0, instead of having no series.
    keys.openingOnly().forEach(kid -> counts.putIfAbsent(kid, 0L));
    left.register(
        counts.entrySet().stream()
            .map(
                count ->
                    MultiGauge.Row.of(
                        Tags.of(
                            "kid",
                            count.getKey(),
                            "known",
                            Boolean.toString(keys.find(count.getKey()).isPresent())),
                        count.getValue()))
            .toList(),
        true);
    boolean some = keys.openingOnly().stream().anyMatch(kid -> counts.get(kid) > 0);
    if (some != rotating) {
      LOG.infof(
          some
              ? "older keys sealed %s values; they are resealed under \"%s\""
              : "of older keys, %s values are left; all is sealed under \"%s\"",
          counts,
          keys.sealing().id());
    }
    rotating = some;
    work = some;
  }

  @Scheduled(
      every = "${identities.secrets.resealing.interval:1s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> reseal() {
    if (!work || settings.batch() <= 0) {
      return Uni.createFrom().voidItem();
    }
    return resealing.run(
        () ->
            seals
                .reseal(settings.batch())
                // The next count finds values that were locked or unreadable.
                .invoke(some -> work = some > 0)
                .replaceWithVoid());
  }
}
