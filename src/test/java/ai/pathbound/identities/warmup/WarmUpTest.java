package ai.pathbound.identities.warmup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.LogRecorder;
import ai.pathbound.identities.database.SchemaVersion;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a JVM does before it is ready works, and leaves nothing behind. */
@QuarkusTest
class WarmUpTest {
  private static final Duration AMPLE = Duration.ofSeconds(30);

  @Inject @All List<Rehearsal> rehearsals;
  @Inject Scheduler scheduler;
  @Inject SchemaVersion schema;
  @Inject Vertx vertx;
  @Inject Pool pool;

  @Test
  void everyRehearsalSucceeds() {
    assertEquals(2, rehearsals.size());
    assertEquals(List.of("warmed up"), warmUp(rehearsals, AMPLE));
  }

  @Test
  void aPauseOfLoginsIsNoHindrance() {
    pool.query("select pause_logins(interval '1 hour')").execute().await().atMost(AMPLE);
    try {
      assertEquals(List.of("warmed up"), warmUp(rehearsals, AMPLE));
    } finally {
      pool.query("select resume_logins()").execute().await().atMost(AMPLE);
    }
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
    // Each of them before the turn, and once more after it.
    assertTrue(times.get() >= 8, "rehearsed " + times);
  }

  @Test
  void aDatabaseThatIsNotThereKeepsNoProgramFromStarting() {
    Rehearsal failing =
        () -> Uni.createFrom().failure(new IllegalStateException("nobody is listening"));
    assertEquals(List.of("not warmed up"), warmUp(List.of(failing), AMPLE));
  }

  @Test
  void whatTakesTooLongIsNotCancelled() {
    AtomicBoolean cancelled = new AtomicBoolean();
    AtomicInteger begun = new AtomicInteger();
    Rehearsal failing = () -> Uni.createFrom().failure(new IllegalStateException("not now"));
    Rehearsal hanging =
        () ->
            begun.getAndIncrement() == 0
                ? failing.rehearse()
                : Uni.createFrom()
                    .<Void>nothing()
                    .onCancellation()
                    .invoke(() -> cancelled.set(true));
    assertEquals(List.of("not warmed up"), warmUp(List.of(hanging), Duration.ofSeconds(1)));
    // Also where the database took longer to answer.
    Awaitility.await().atMost(AMPLE).until(() -> begun.get() > 1);
    assertFalse(cancelled.get(), "a transaction would go on without its end");
  }

  @Test
  void itCanBeSwitchedOff() {
    Rehearsal failing = () -> Uni.createFrom().failure(new IllegalStateException("asked"));
    assertEquals(List.of(), warmUp(List.of(failing), Duration.ZERO));
  }

  /** What it says of itself. */
  private List<String> warmUp(List<Rehearsal> rehearsals, Duration atMost) {
    try (LogRecorder log = LogRecorder.ofEverything(WarmUp.class)) {
      new WarmUp(rehearsals, scheduler, schema, vertx, atMost).onStart(new StartupEvent());
      return log.lines().stream()
          .map(line -> line.contains("not warmed up") ? "not warmed up" : "warmed up")
          .toList();
    }
  }
}
