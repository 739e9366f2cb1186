package ai.pathbound.identities.login.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.login.LoginSettings;
import ai.pathbound.identities.login.LoginSettingsOf;
import ai.pathbound.identities.login.connector.LinkedInConnector;
import ai.pathbound.identities.login.store.Claim;
import ai.pathbound.identities.login.store.DueLooks;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When looks begin, and what becomes of those that are under way. */
class HealthCheckWorkerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int DUE = 8;
  private static final int SLOTS = 16;
  private static final int SHARE = 4;

  private LoginSettings settings =
      LoginSettingsOf.values(
          Map.of(
              "identities.linkedin.worker.slots", Integer.toString(SLOTS),
              "identities.linkedin.worker.poll-interval", "20ms",
              "identities.linkedin.health.interval", "20s"));
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final HealthChecksInHand inHand = new HealthChecksInHand();
  private final LeaseHeartbeat logins = new LeaseHeartbeat(null, settings, metrics);
  private final List<UniEmitter<? super Boolean>> begun = new CopyOnWriteArrayList<>();
  private final AtomicInteger askedForRoom = new AtomicInteger();
  private final AtomicInteger brokenOff = new AtomicInteger();
  private final AtomicInteger loginsWoken = new AtomicInteger();
  private Uni<Void> loginsClaimed = Uni.createFrom().voidItem();
  private volatile boolean room = true;
  private DueLooks sessions;
  private HealthCheckWorker worker;

  @BeforeEach
  void sessions() throws SQLException {
    sessions = new DueLooks(DUE);
  }

  @AfterEach
  void stop() {
    worker.onStopping(null);
    worker.end();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> {
              begun.forEach(look -> look.complete(true));
              return inHand.howMany() == 0;
            });
    sessions.close();
  }

  /** LinkedIn, which answers when the test does. */
  private LinkedInConnector linkedIn(int browsers, boolean broken) {
    return (LinkedInConnector)
        Proxy.newProxyInstance(
            LinkedInConnector.class.getClassLoader(),
            new Class<?>[] {LinkedInConnector.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("atATime")) {
                askedForRoom.incrementAndGet();
                return browsers;
              }
              if (method.getName().equals("hasRoom")) {
                return Uni.createFrom().item(room);
              }
              assertEquals("check", method.getName());
              if (broken) {
                brokenOff.incrementAndGet();
                throw new IllegalStateException("broken");
              }
              return Uni.createFrom().<Boolean>emitter(begun::add);
            });
  }

  private void start(LinkedInConnector linkedIn) {
    worker =
        new HealthCheckWorker(
            sessions.queue(),
            new SessionHealthCheck(sessions.uses(linkedIn), linkedIn, sessions.record()),
            inHand,
            logins,
            () -> {
              loginsWoken.incrementAndGet();
              return loginsClaimed;
            },
            linkedIn,
            new HealthCheckMetrics(sessions.queue(), settings, metrics),
            settings);
    worker.onStart(null);
  }

  private List<Claim> login(int count) {
    List<Claim> claims = new CopyOnWriteArrayList<>();
    for (int i = 0; i < count; i++) {
      claims.add(
          new Claim(
              null,
              null,
              i,
              "worker",
              Instant.EPOCH,
              Instant.EPOCH,
              Optional.empty(),
              false,
              false,
              false,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              true,
              null));
    }
    claims.forEach(logins::hold);
    return claims;
  }

  private void untilBegun(int looks) {
    Awaitility.await().atMost(PATIENCE).until(() -> begun.size() == looks);
  }

  private void untilAskedAgain() {
    int before = askedForRoom.get();
    Awaitility.await().atMost(PATIENCE).until(() -> askedForRoom.get() >= before + 3);
  }

  @Test
  void aQuarterOfTheSlotsLooksAndTheNextBeginsWhereOneEnds() {
    start(linkedIn(Integer.MAX_VALUE, false));
    untilBegun(SHARE);
    for (int ended = 0; ended < DUE - SHARE; ended++) {
      untilAskedAgain();
      assertEquals(SHARE + ended, begun.size(), "more than its share");
      begun.get(ended).complete(true);
      untilBegun(SHARE + ended + 1);
    }
    assertEquals(0, loginsWoken.get(), "no login waits where slots are free");
  }

  @Test
  void whereThereAreFewerBrowsersThanSlotsAQuarterOfThoseLooks() {
    start(linkedIn(8, false));
    untilBegun(2);
    untilAskedAgain();
    assertEquals(2, begun.size());
  }

  @Test
  void noLookBeginsWhileLoginsHaveEveryBrowser() {
    List<Claim> claims = login(8);
    start(linkedIn(8, false));
    untilAskedAgain();
    assertEquals(0, begun.size(), "it waits for a browser in a login's way");
    logins.release(claims.get(0));
    untilBegun(1);
    untilAskedAgain();
    assertEquals(1, begun.size());
  }

  @Test
  void whenALookEndsAndAllOtherSlotsAreTakenALoginThatWaitsGoesFirst() {
    login(SLOTS - 1);
    start(linkedIn(Integer.MAX_VALUE, false));
    untilBegun(1);
    login(1);
    begun.get(0).complete(true);
    Awaitility.await().atMost(PATIENCE).until(() -> loginsWoken.get() == 1);
    untilAskedAgain();
    assertEquals(1, begun.size());
  }

  @Test
  void noLookBeginsWhileTheFarmIsFullOfWhoeversBrowsers() {
    room = false;
    start(linkedIn(Integer.MAX_VALUE, false));
    untilAskedAgain();
    assertEquals(0, begun.size());
    room = true;
    untilBegun(SHARE);
  }

  @Test
  void theNextLookIsClaimedAfterTheLoginThatWaits() {
    // The one tick of this test is the first: what is claimed later, the end of a look claims.
    settings =
        LoginSettingsOf.values(
            Map.of(
                "identities.linkedin.worker.slots", "1",
                "identities.linkedin.worker.poll-interval", "1h",
                "identities.linkedin.health.interval", "1D"));
    AtomicReference<UniEmitter<? super Void>> claim = new AtomicReference<>();
    loginsClaimed = Uni.createFrom().<Void>emitter(waits -> claim.set(waits));
    start(linkedIn(Integer.MAX_VALUE, false));
    untilBegun(1);
    int asked = askedForRoom.get();
    begun.get(0).complete(true);
    Awaitility.await().atMost(PATIENCE).until(() -> claim.get() != null);
    assertEquals(asked, askedForRoom.get(), "the look did not wait for the login's claim");
    claim.get().complete(null);
    untilBegun(2);
  }

  @Test
  void aLookThatCannotBeWrittenDownGivesItsSlotBack() {
    start(linkedIn(Integer.MAX_VALUE, true));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> brokenOff.get() == DUE && inHand.howMany() == 0);
  }

  @Test
  void aReplicaThatStopsBeginsNoLookAndWaitsForThoseUnderWay() {
    start(linkedIn(Integer.MAX_VALUE, false));
    untilBegun(SHARE);
    worker.onStopping(null);
    begun.get(0).complete(true);
    Awaitility.await().atMost(PATIENCE).until(() -> inHand.howMany() == SHARE - 1);
    CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> worker.onStop(null));
    assertFalse(stopped.isDone(), "it left looks to their leases");
    begun.forEach(look -> look.complete(true));
    stopped.join();
    assertEquals(0, inHand.howMany());
    assertEquals(SHARE, begun.size());
    assertTrue(
        metrics.counter("identities.linkedin.health.looks", "outcome", "honoured").count()
            >= SHARE);
  }
}
