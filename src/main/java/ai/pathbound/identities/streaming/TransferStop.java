package ai.pathbound.identities.streaming;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Breaks off what is still under way shortly before a stopping replica gives up on its requests:
 * after that, a transfer would end beside a framework that has ended.
 */
@ApplicationScoped
class TransferStop {
  private final Set<Transfer> underWay = ConcurrentHashMap.newKeySet();
  private final Vertx vertx;
  private final Duration timeLeft;

  TransferStop(
      Vertx vertx,
      @ConfigProperty(name = "quarkus.shutdown.delay") Optional<Duration> delay,
      @ConfigProperty(name = "quarkus.shutdown.timeout") Optional<Duration> timeout) {
    this.vertx = vertx;
    Duration requests = timeout.orElse(Duration.ZERO);
    this.timeLeft = delay.orElse(Duration.ZERO).plus(requests.multipliedBy(3).dividedBy(4));
  }

  void begins(Transfer transfer) {
    underWay.add(transfer);
  }

  void forgetEnded() {
    underWay.removeIf(Transfer::isOver);
  }

  void onStopping(@Observes ShutdownDelayInitiatedEvent event) {
    vertx.setTimer(Math.max(1, timeLeft.toMillis()), late -> underWay.forEach(Transfer::stop));
  }
}
