package ai.pathbound.identities.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.login.history.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/**
 * Two replicas under a steady load for {@code -Dsoak.minutes} (20), with samples every ten seconds
 * in {@code target/soak.csv}. No build runs it by itself; docs/operations.md has the command.
 */
class Soak {
  private static final Duration LENGTH = Duration.ofMinutes(Integer.getInteger("soak.minutes", 20));
  private static final int LOGINS_PER_SECOND = Integer.getInteger("soak.logins-per-second", 2);
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final Path CSV = Path.of("target", "soak.csv");
  private static final String[] USERNAMES = {
    "ada@example.com", "ada@example.com", "ada+app@example.com", "ada+rejected@example.com"
  };
  private static final String DEAD =
      "select n_dead_tup from pg_stat_user_tables where relname = '%s'";

  /** One sample. */
  private record Sample(
      long second,
      long logins,
      long rssKb,
      long connections,
      long deadLogins,
      long deadProfiles,
      long underWay) {
    private static final String HEADER =
        "second,logins,rss_kb,connections,dead_login_session,dead_linkedin_profile,under_way";

    private String line() {
      return second
          + ","
          + logins
          + ","
          + rssKb
          + ","
          + connections
          + ","
          + deadLogins
          + ","
          + deadProfiles
          + ","
          + underWay;
    }
  }

  @Test
  void memoryConnectionsAndDeadTuplesStayFlat() throws Exception {
    try (ProductionEnvironment surroundings = ProductionEnvironment.start(Map.of());
        Program one = Program.start("soak-one", surroundings.environment());
        Program other = Program.start("soak-other", surroundings.environment());
        RetryingClients crowd = new RetryingClients(() -> List.of(one.url(), other.url()))) {
      History history = new History(surroundings.owner());
      history.execute("drop trigger keep_history on login_session");
      List<Sample> samples = new ArrayList<>();
      AtomicInteger turn = new AtomicInteger();
      ScheduledExecutorService load = Executors.newScheduledThreadPool(LOGINS_PER_SECOND);
      try {
        load.scheduleAtFixedRate(
            () -> crowd.logIn("soak", USERNAMES[turn.getAndIncrement() % USERNAMES.length]),
            0,
            1_000_000 / LOGINS_PER_SECOND,
            TimeUnit.MICROSECONDS);
        long begun = System.nanoTime();
        Files.writeString(CSV, Sample.HEADER + "\n");
        while (System.nanoTime() - begun < LENGTH.toNanos()) {
          TimeUnit.MILLISECONDS.sleep(EVERY.toMillis());
          Sample sample =
              sample((System.nanoTime() - begun) / 1_000_000_000, crowd, history, one, other);
          samples.add(sample);
          Files.writeString(CSV, sample.line() + "\n", java.nio.file.StandardOpenOption.APPEND);
        }
      } finally {
        load.shutdownNow();
      }
      history.awaitEnds();
      assertEquals(List.of(), crowd.failures());
      summarise(samples);
    }
  }

  private static Sample sample(
      long second, RetryingClients crowd, History history, Program one, Program other)
      throws IOException {
    return new Sample(
        second,
        crowd.logins().size(),
        ResidentMemory.of(one).kibibytes() + ResidentMemory.of(other).kibibytes(),
        history.count(DatabaseActivity.CONNECTIONS),
        history.count(DEAD.formatted("login_session")),
        history.count(DEAD.formatted("linkedin_profile")),
        history.count("select count(*) from login_session where finished_at is null"));
  }

  /** The second quarter, when everything is warm, against the last one. */
  private static void summarise(List<Sample> samples) {
    int quarter = samples.size() / 4;
    List<Sample> early = samples.subList(quarter, 2 * quarter);
    List<Sample> late = samples.subList(3 * quarter, samples.size());
    System.out.println("soak: " + samples.get(samples.size() - 1));
    flat("rss_kb", early, late, Sample::rssKb, 1.25, 0);
    flat("connections", early, late, Sample::connections, 1.5, 4);
    // What autovacuum lets stand: 200 rows and 2 % of the table, and what comes in a minute.
    flat("dead_login_session", early, late, Sample::deadLogins, 1.5, 1500);
    flat("under_way", early, late, Sample::underWay, 1.5, 10);
  }

  private static void flat(
      String what,
      List<Sample> early,
      List<Sample> late,
      ToLongFunction<Sample> value,
      double factor,
      long more) {
    long before = median(early, value);
    long after = median(late, value);
    System.out.println("soak: " + what + " median " + before + ", at the end " + after);
    assertTrue(after <= before * factor + more, what + " grew from " + before + " to " + after);
  }

  private static long median(List<Sample> samples, ToLongFunction<Sample> value) {
    long[] sorted = samples.stream().mapToLong(value).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
