package ai.pathbound.identities.login.worker;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.DatabaseTime;
import ai.pathbound.identities.TestClock;
import ai.pathbound.identities.login.LoginSettings;
import ai.pathbound.identities.login.LoginSettingsOf;
import ai.pathbound.identities.login.store.Claim;
import ai.pathbound.identities.login.store.Leases;
import ai.pathbound.identities.login.store.LoginPause;
import ai.pathbound.identities.login.store.LoginPause.Trip;
import ai.pathbound.identities.login.store.LoginQueue;
import ai.pathbound.identities.login.store.StrandedLogins;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Too many logins fail: two workers share the pause, for the test drives both by hand. */
@QuarkusTest
@TestProfile(AutomaticPauseTest.ByHand.class)
class AutomaticPauseTest {
  /** Nothing ticks by itself. */
  public static class ByHand implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "identities.linkedin.worker.slots", "0",
          "identities.linkedin.worker.poll-interval", "1h",
          "identities.linkedin.automatic-pause.at-least", "4");
    }
  }

  private static final String ONE = "one";
  private static final String OTHER = "other";
  private static final Duration LASTS = Duration.ofMinutes(10);

  @Inject LoginQueue queue;
  @Inject Leases leases;
  @Inject LoginStep step;
  @Inject LoginPause pause;
  @Inject AutomaticPause watch;
  @Inject StrandedLogins stranded;
  @Inject Pool pool;

  private final Client client = Client.ofNewTenant();

  /** A login of an identity of its own. */
  private record PausableLogin(String identity, String session) {}

  @BeforeEach
  void longAfterWhatWasBefore() {
    DatabaseTime.pass(pool, Duration.ofHours(2));
    stranded.expire().await().indefinitely();
    sql("select resume_logins()");
  }

  @AfterEach
  void lift() {
    DatabaseTime.pass(pool, Duration.ofHours(2));
    sql("select resume_logins()");
    watch.watch().await().indefinitely();
  }

  private void sql(String statement) {
    pool.query(statement).execute().await().indefinitely();
  }

  private PausableLogin queued(String username) {
    String identity = client.newIdentity();
    return new PausableLogin(identity, client.loggingIn(identity, username));
  }

  private String stands(PausableLogin login) {
    return client
        .request()
        .get(Client.status(login.identity(), login.session()))
        .path("login_result.status");
  }

  /** Lets a worker do one step of everything that it may take; how many those were. */
  private int work(String worker) {
    List<Claim> claims = queue.claim(worker, 100).await().indefinitely();
    claims.forEach(claim -> step.drive(claim).await().indefinitely());
    return claims.size();
  }

  private void logIn(String... usernames) {
    for (String username : usernames) {
      queued(username);
      assertEquals(1, work(ONE), username);
    }
  }

  private Optional<Trip> trip() {
    return pause.tripIfDue().await().indefinitely();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ada+rejected@example.com", "ada+unknown@example.com"})
  void aRateOfFailuresKeepsEveryWorkerFromBeginningALogin(String failing) {
    logIn("ada@example.com", failing, "eve@example.com");
    assertEquals(Optional.empty(), trip(), "three are too few to tell");
    logIn(failing);
    Trip trip = trip().orElseThrow();
    assertEquals(4, trip.judged());
    assertEquals(2, trip.failed());
    PausableLogin waiting = queued("ada@example.com");
    assertEquals(0, work(ONE));
    assertEquals(0, work(OTHER));
    assertEquals("queued", stands(waiting));
    assertEquals(Optional.empty(), trip(), "it is paused already");
  }

  @Test
  void loginsAreTriedAgainAfterAWhileAndCountedAnew() {
    String[] failing = new String[4];
    Arrays.fill(failing, "ada+rejected@example.com");
    logIn(failing);
    assertTrue(trip().isPresent());
    DatabaseTime.pass(pool, LASTS.minusMinutes(1));
    queued("ada@example.com");
    assertEquals(0, work(OTHER));
    DatabaseTime.pass(pool, Duration.ofMinutes(1));
    assertEquals(1, work(OTHER));
    assertEquals(Optional.empty(), trip(), "those before the pause count no more");
    logIn(failing);
    assertTrue(trip().isPresent());
  }

  @Test
  void aLoginThatWaitsTooLongFailsAsInAnyQueue() {
    logIn(
        "a+rejected@example.com",
        "b+rejected@example.com",
        "c+rejected@example.com",
        "d+rejected@example.com");
    assertTrue(trip().isPresent());
    PausableLogin waiting = queued("ada@example.com");
    DatabaseTime.pass(pool, Duration.ofMinutes(5));
    stranded.expire().await().indefinitely();
    assertEquals("failed", stands(waiting));
  }

  @Test
  void whatHasBegunGoesOn() {
    PausableLogin code = queued("ada+2fa@example.com");
    PausableLogin approval = queued("ada+app@example.com");
    assertEquals(2, work(ONE));
    sql("select pause_logins()");
    client.code(code.identity(), code.session(), "123456").then().statusCode(200);
    DatabaseTime.pass(pool, Duration.ofSeconds(5));
    // The sandbox's own time, as LinkedIn has its own.
    TestClock.confirm();
    assertEquals(2, work(OTHER));
    assertEquals("completed", stands(code));
    assertEquals("completed", stands(approval));
  }

  @Test
  void whatNobodyTypedIntoBeforeItsWorkerDiedIsNotBegun() {
    queued("ada@example.com");
    assertEquals(1, queue.claim(ONE, 1).await().indefinitely().size());
    leases.giveBack(ONE).chain(stranded::rescue).await().indefinitely();
    sql("select pause_logins()");
    assertEquals(0, work(OTHER));
    sql("select resume_logins()");
    assertEquals(1, work(OTHER));
  }

  @Test
  void oneIdentityThatFailsAgainAndAgainIsNoSpike() {
    logIn("a@example.com", "b@example.com", "c@example.com");
    String identity = client.newIdentity();
    for (int i = 0; i < 6; i++) {
      // The browser of the one before is closed by then, or waited for no longer.
      DatabaseTime.pass(pool, Duration.ofMinutes(1));
      client.loggingIn(identity, "ada+rejected@example.com");
      assertEquals(1, work(ONE));
    }
    assertEquals(Optional.empty(), trip());
  }

  @Test
  void loginsThatNeverReachedLinkedInAreNoSpike() {
    for (int i = 0; i < 6; i++) {
      queued("ada@example.com");
    }
    DatabaseTime.pass(pool, Duration.ofMinutes(5));
    stranded.expire().await().indefinitely();
    assertEquals(Optional.empty(), trip());
  }

  @Test
  void oneReplicaTripsItHoweverManyWatch() {
    logIn(
        "a+rejected@example.com",
        "b+rejected@example.com",
        "c+down@example.com",
        "d+rejected@example.com");
    List<Uni<Optional<Trip>>> replicas =
        List.of(pause.tripIfDue(), pause.tripIfDue(), pause.tripIfDue(), pause.tripIfDue());
    List<Optional<Trip>> found =
        Uni.join().all(replicas).andFailFast().await().atMost(Duration.ofSeconds(30));
    assertEquals(1, found.stream().filter(Optional::isPresent).count(), found.toString());
  }

  @Test
  void anOperatorPausesForAWhileAndMetricsSayWhoDid() {
    sql("select pause_logins('1 day')");
    queued("ada@example.com");
    assertEquals(0, work(ONE));
    watch.watch().await().indefinitely();
    assertPausedBy("hand");
    sql("select resume_logins()");
    assertEquals(1, work(ONE));
    logIn("a+rejected@example.com", "b+rejected@example.com", "c+unknown@example.com");
    watch.watch().await().indefinitely();
    assertPausedBy("rate");
    DatabaseTime.pass(pool, Duration.ofMinutes(5));
    assertPausedBy("rate");
    // The window must be over, too.
    DatabaseTime.pass(pool, Duration.ofHours(1));
    sql("select resume_logins()");
    watch.watch().await().indefinitely();
    assertPausedBy("nobody");
  }

  private static void assertPausedBy(String who) {
    var metrics = given().get("/q/metrics").then().statusCode(200);
    for (String by : List.of("setting", "rate", "hand")) {
      String value = by.equals(who) ? "1.0" : "0.0";
      metrics.body(containsString("identities_linkedin_paused{by=\"" + by + "\"} " + value));
    }
  }

  @ParameterizedTest
  @CsvSource({"share, 0", "share, 1.1", "at-least, -1", "window, 0s", "lasts, 0s"})
  void aSettingThatCannotBeMeantStopsTheStart(String key, String value) {
    String name = "identities.linkedin.automatic-pause." + key;
    LoginSettings wrong = LoginSettingsOf.values(Map.of(name, value));
    AutomaticPause started = new AutomaticPause(pause, wrong, new SimpleMeterRegistry());
    String told =
        assertThrows(ConfigurationException.class, () -> started.check(null)).getMessage();
    assertTrue(told.startsWith(name + " is "), told);
  }
}
