package ai.pathbound.identities.login.worker;

import ai.pathbound.identities.concurrency.RecurringTask;
import ai.pathbound.identities.login.LoginSettings;
import ai.pathbound.identities.login.store.LoginPause;
import ai.pathbound.identities.login.store.LoginPause.By;
import ai.pathbound.identities.login.store.LoginPause.Trip;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** Watches whether logins must be paused, and shows whether they are; on every replica. */
@ApplicationScoped
class AutomaticPause {
  private static final Logger LOG = Logger.getLogger(AutomaticPause.class);

  private final LoginPause pause;
  private final LoginSettings settings;
  private final RecurringTask task = new RecurringTask("watching over the pause");
  private volatile Optional<By> current = Optional.empty();

  AutomaticPause(LoginPause pause, LoginSettings settings, MeterRegistry metrics) {
    this.pause = pause;
    this.settings = settings;
    gauge(metrics, "setting", settings::paused);
    gauge(metrics, "rate", () -> current.filter(By.RATE::equals).isPresent());
    gauge(metrics, "hand", () -> current.filter(By.HAND::equals).isPresent());
  }

  private static void gauge(MeterRegistry metrics, String by, BooleanSupplier paused) {
    Gauge.builder("identities.linkedin.paused", () -> paused.getAsBoolean() ? 1 : 0)
        .description("Whether no new login is begun: 1 or 0, by what paused")
        .tag("by", by)
        .register(metrics);
  }

  void check(@Observes StartupEvent start) {
    LoginSettings.PauseRule rule = settings.automaticPause();
    require(rule.share() > 0 && rule.share() <= 1, "share", "is not above 0 and at most 1");
    require(rule.atLeast() >= 0, "at-least", "is less than 0");
    require(rule.window().toMillis() > 0, "window", "is not longer than nothing");
    require(rule.lasts().toMillis() > 0, "lasts", "is not longer than nothing");
  }

  private static void require(boolean right, String key, String fault) {
    if (!right) {
      throw new ConfigurationException("identities.linkedin.automatic-pause." + key + " " + fault);
    }
  }

  @Scheduled(
      every = "${identities.linkedin.worker.poll-interval:1s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> watch() {
    return task.run(
        () ->
            pause
                .tripIfDue()
                .invoke(trip -> trip.ifPresent(AutomaticPause::warn))
                .chain(pause::current)
                .invoke(by -> current = by)
                .replaceWithVoid());
  }

  private static void warn(Trip trip) {
    LOG.warnf(
        "logins are paused until %s: those of %d of %d identities were rejected or met unknown"
            + " pages; resume_logins() lifts it at once",
        trip.until(), trip.failed(), trip.judged());
  }
}
