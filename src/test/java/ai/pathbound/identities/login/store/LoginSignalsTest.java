package ai.pathbound.identities.login.store;

import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.store.LoginSignals.Watch;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a held answer waits for. */
@QuarkusTest
class LoginSignalsTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final SessionId session = new SessionId(UUID.randomUUID());

  @Inject LoginSignals signals;
  @Inject Pool pool;

  @Test
  void aWaitEndsHoweverLittleTimeIsLeft() throws Exception {
    try (Watch watch = signals.watch(session)) {
      for (Duration left : new Duration[] {Duration.ofNanos(1), Duration.ZERO, LONG.negated()}) {
        ended(watch.next(left).subscribeAsCompletionStage());
      }
    }
  }

  @Test
  void aChangeThatComesBetweenTwoWaitsIsThereForTheSecond() throws Exception {
    awaitListening();
    try (Watch watch = signals.watch(session);
        Watch other = signals.watch(session)) {
      ended(watch.next(Duration.ofMillis(1)).subscribeAsCompletionStage());
      CompletableFuture<Void> heard = other.next(LONG).subscribeAsCompletionStage();
      change(session);
      ended(heard);
      ended(watch.next(LONG).subscribeAsCompletionStage());
    }
  }

  /** What is notified before the program listens, nobody hears. */
  private void awaitListening() {
    SessionId trial = new SessionId(UUID.randomUUID());
    try (Watch watch = signals.watch(trial)) {
      CompletableFuture<Void> heard = watch.next(LONG).subscribeAsCompletionStage();
      Awaitility.await()
          .atMost(PATIENCE)
          .until(
              () -> {
                change(trial);
                return heard.isDone();
              });
    }
  }

  private void change(SessionId session) {
    pool.preparedQuery("select pg_notify('login_changed', $1)")
        .executeAndAwait(Tuple.of(session.uuid().toString()));
  }

  private static void ended(CompletableFuture<Void> wait) throws Exception {
    wait.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
