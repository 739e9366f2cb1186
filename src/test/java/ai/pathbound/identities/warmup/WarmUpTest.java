package ai.pathbound.identities.warmup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.LogRecorder;
import ai.pathbound.identities.login.LoginTransitions;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a JVM does before it is ready works, and leaves nothing behind. */
@QuarkusTest
class WarmUpTest {
  private static final Duration AMPLE = Duration.ofSeconds(30);

  @Inject @All List<Rehearsal> rehearsals;
  @Inject Scheduler scheduler;
  @Inject Vertx vertx;
  @Inject Pool pool;

  @Test
  void everyRehearsalSucceeds() {
    assertEquals(2, rehearsals.size());
    assertEquals(List.of("warmed up"), warmUp(rehearsals, AMPLE));
  }

  @Test
  void nothingIsLeftOfIt() {
    // What tells of a login also counts it.
    try (LogRecorder told = LogRecorder.ofEverything(LoginTransitions.class)) {
      warmUp(rehearsals, AMPLE);
      assertEquals(List.of(), told.lines().stream().filter(l -> l.contains("nobody")).toList());
    }
    for (String table :
        List.of(
            "identity", "linkedin_profile", "login_session", "abandoned_browser", "audit_event")) {
      assertEquals(0, rowsOfNobody(table), table);
    }
  }

  private long rowsOfNobody(String table) {
    return pool.query("select count(*) from " + table + " where tenant_id = 'nobody'")
        .execute()
        .await()
        .atMost(AMPLE)
        .iterator()
        .next()
        .getLong(0);
  }

  @Test
  void itGoesOnUntilTheSchedulerHadItsTurn() {
    AtomicInteger times = new AtomicInteger();
    Rehearsal quick =
        () ->
            Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(Duration.ofMillis(1))
                .invoke(times::incrementAndGet);
    assertEquals(List.of("warmed up"), warmUp(List.of(quick), AMPLE));
    // Once more each after the turn that all of them have waited for.
    assertTrue(times.get() >= 6, "rehearsed " + times);
  }

  @Test
  void aDatabaseThatIsNotThereKeepsNoProgramFromStarting() {
    Rehearsal failing =
        () -> Uni.createFrom().failure(new IllegalStateException("nobody is listening"));
    Rehearsal hanging = () -> Uni.createFrom().nothing();
    assertEquals(List.of("not warmed up"), warmUp(List.of(failing), AMPLE));
    assertEquals(List.of("not warmed up"), warmUp(List.of(hanging), Duration.ofMillis(1)));
  }

  @Test
  void itCanBeSwitchedOff() {
    Rehearsal failing = () -> Uni.createFrom().failure(new IllegalStateException("asked"));
    assertEquals(List.of(), warmUp(List.of(failing), Duration.ZERO));
  }

  /** What it says of itself. */
  private List<String> warmUp(List<Rehearsal> rehearsals, Duration atMost) {
    try (LogRecorder log = LogRecorder.ofEverything(WarmUp.class)) {
      new WarmUp(rehearsals, scheduler, vertx, atMost).onStart(new StartupEvent());
      return log.lines().stream()
          .map(line -> line.contains("not warmed up") ? "not warmed up" : "warmed up")
          .toList();
    }
  }
}
