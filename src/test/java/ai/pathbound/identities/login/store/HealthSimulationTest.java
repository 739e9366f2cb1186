package ai.pathbound.identities.login.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.SettableClock;
import ai.pathbound.identities.secret.Secret;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A month of looks at 10,000 stored sessions that were imported at one moment, with the statements
 * of the program on a PostgreSQL whose {@code now()} the test sets: a function of that name stands
 * before the database's own in the search path, and reads a setting of the connection. LinkedIn is
 * out of reach for a while, logins are paused for a while, and one of two replicas is killed in the
 * middle of its looks.
 */
@Tag("faults")
class HealthSimulationTest {
  private static final int SESSIONS = 10_000;
  private static final int TENANTS = 20;
  private static final int OVER = 100;
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration MONTH = DAY.multipliedBy(30);
  private static final Duration STEP = Duration.ofMinutes(30);
  // More than are due in a step at the most: one replica does the work of two.
  private static final int AT_ONCE = 400;
  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Span OUTAGE = Span.of(Duration.ofDays(8), Duration.ofHours(8));
  private static final Span PAUSE = Span.of(Duration.ofDays(16), Duration.ofHours(6));
  private static final Instant KILLED = BEGIN.plus(Duration.ofDays(23));

  private static final String CLOCK =
      """
      create schema simulated;
      create function simulated.now() returns timestamptz language sql stable
        as $f$ select current_setting('simulated.now')::timestamptz $f$;
      do $$ begin
        execute format('alter database %I set search_path = simulated, public, pg_catalog',
          current_database());
        execute format('alter database %I set simulated.now = %L', current_database(),
          '2026-01-01T00:00:00Z');
      end $$;
      """;

  // To find the name of a sealing key costs more than the rest of an update; nothing is sealed anew
  // here.
  private static final String NO_KEYS =
      """
      drop index linkedin_profile_session_kid;
      create index linkedin_profile_session_kid on linkedin_profile (identity_id)
        where session_sealed is not null;
      """;
  private static final String SET_CLOCK = "select set_config('simulated.now', $1, false)";
  private static final String IMPORT =
      """
      insert into identity
      select 'tenant-' || n % $1, gen_random_uuid(), 'Ada', 'Lovelace', 'CTO', $2, $2
      from generate_series(1, $3) n
      """;
  private static final String IMPORT_SESSIONS =
      """
      insert into linkedin_profile (tenant_id, identity_id, profile_id, country, connected,
        connected_at, session_sealed)
      select tenant_id, id, gen_random_uuid(), 'US', true, $1, $2 from identity
      """;

  // pause_logins goes by the path of its own, and so by the true time.
  private static final String PAUSE_LOGINS =
      """
      update login_pause
      set paused_until = now() + interval '6 hours', paused_at = now(), paused_by = 'hand'
      """;

  // The program's statement, over many looks at once: one by one they would take minutes.
  private static final String ALL_HONOURED =
      HealthCheckRecord.HONOURED
          .replace("$1", "look.tenant")
          .replace("$2", "look.identity")
          .replace("$3", "look.epoch")
          .replace(
              " moment ",
              " moment, unnest($1::text[], $2::uuid[], $3::bigint[])"
                  + " as look (tenant, identity, epoch) ");

  // What autovacuum does in a day, without which every claim would read all the rows that there
  // ever were.
  private static final String VACUUM = "vacuum (analyze) linkedin_profile";

  private static final OffsetDateTime STORED_AT = BEGIN.atOffset(ZoneOffset.UTC);

  private record Span(Instant from, Instant until) {
    static Span of(Duration after, Duration length) {
      return new Span(BEGIN.plus(after), BEGIN.plus(after).plus(length));
    }

    boolean holds(Instant now) {
      return !now.isBefore(from) && now.isBefore(until);
    }

    /** Whether nothing was held up in between, nor in the day in which that is caught up with. */
    boolean isFarFrom(Instant begin, Instant end) {
      return end.isBefore(from) || begin.isAfter(until.plus(Duration.ofDays(1)));
    }
  }

  private final Map<Long, Integer> perHour = new TreeMap<>();
  private final Map<UUID, Instant> lastLook = new HashMap<>();
  private final Map<UUID, Instant> heldUntil = new HashMap<>();
  private final Map<UUID, Instant> overSince = new HashMap<>();
  private final Map<UUID, Instant> erased = new HashMap<>();
  private Duration longestGap = Duration.ZERO;
  private Duration longestQuietGap = Duration.ZERO;
  private int outOfReach;
  private Instant now = BEGIN;

  @Test
  void aMonthOfLooksIsEvenAndAnOutageEndsNoSession() throws SQLException {
    try (TestStore owner = new TestStore()) {
      owner.execute(CLOCK);
      owner.execute(NO_KEYS);
      // One connection each: the time is a setting of it.
      try (TestStore one = new TestStore(owner, new SettableClock(BEGIN), 1);
          TestStore other = new TestStore(owner, new SettableClock(BEGIN), 1)) {
        importSessions(one);
        while (now.isBefore(BEGIN.plus(MONTH))) {
          if (Duration.between(BEGIN, now).toSeconds() % DAY.toSeconds() == 0) {
            owner.execute(VACUUM);
          }
          step(one, other);
          now = now.plus(STEP);
        }
      }
      judge(owner);
    }
  }

  private void importSessions(TestStore store) {
    TenantId any = new TenantId("any");
    String sealed =
        store.seals.seal(
            Secret.of("session"), LoginSeals.Column.SESSION, any, store.ids.identity());
    store.run(store.pool.preparedQuery(IMPORT).execute(Tuple.of(TENANTS, STORED_AT, SESSIONS)));
    store.run(store.pool.preparedQuery(IMPORT_SESSIONS).execute(Tuple.of(STORED_AT, sealed)));
    int n = 0;
    for (var row : store.run(store.pool.query("select id from identity order by id").execute())) {
      lastLook.put(row.getUUID(0), BEGIN);
      if (n++ < OVER) {
        overSince.put(row.getUUID(0), BEGIN.plus(MONTH.multipliedBy(n).dividedBy(OVER)));
      }
    }
  }

  private void step(TestStore one, TestStore other) throws SQLException {
    for (TestStore replica : List.of(one, other)) {
      replica.run(replica.pool.preparedQuery(SET_CLOCK).execute(Tuple.of(now.toString())));
    }
    if (now.equals(PAUSE.from())) {
      one.run(one.pool.query(PAUSE_LOGINS).execute());
    }
    one.run(one.looks.prepare());
    List<ClaimedHealthCheck> first = claim(one);
    if (!now.isAfter(KILLED)) {
      List<ClaimedHealthCheck> second = claim(other);
      if (now.isBefore(KILLED)) {
        take(other, second);
      }
    }
    take(one, first);
  }

  /** Both replicas claim before either has looked. */
  private List<ClaimedHealthCheck> claim(TestStore replica) {
    List<ClaimedHealthCheck> claims =
        replica.run(replica.looks.claim(AT_ONCE, LEASE, STEP.dividedBy(2)));
    for (ClaimedHealthCheck look : claims) {
      assertTrue(!PAUSE.holds(now), "a look began in the pause");
      Instant held = heldUntil.put(look.identity().uuid(), now.plus(LEASE));
      assertTrue(held == null || held.isBefore(now), "a session was looked at twice at a time");
      perHour.merge(Duration.between(BEGIN, now).toHours(), 1, Integer::sum);
      Instant before = lastLook.put(look.identity().uuid(), now);
      Duration gap = Duration.between(before, now);
      longestGap = longest(longestGap, gap);
      if (OUTAGE.isFarFrom(before, now) && PAUSE.isFarFrom(before, now)) {
        longestQuietGap = longest(longestQuietGap, gap);
      }
    }
    return claims;
  }

  private static Duration longest(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /** Most looks find a session honoured: those are written together. */
  private void take(TestStore replica, List<ClaimedHealthCheck> claims) {
    List<Uni<HealthCheckOutcome>> looks = new ArrayList<>();
    List<ClaimedHealthCheck> honoured = new ArrayList<>();
    for (ClaimedHealthCheck look : claims) {
      UUID identity = look.identity().uuid();
      heldUntil.remove(identity);
      if (OUTAGE.holds(now)) {
        outOfReach++;
        looks.add(replica.lookRecord.later(look, HealthCheckOutcome.OUT_OF_REACH));
      } else if (overSince.getOrDefault(identity, Instant.MAX).isAfter(now)) {
        honoured.add(look);
      } else {
        looks.add(
            replica
                .lookRecord
                .answered(look, STORED_AT, false)
                .invoke(outcome -> note(identity, outcome)));
      }
    }
    if (!looks.isEmpty()) {
      replica.run(Uni.join().all(looks).usingConcurrencyOf(8).andFailFast());
    }
    if (!honoured.isEmpty()) {
      Tuple one = replica.lookRecord.honoured(honoured.get(0), STORED_AT);
      Tuple all =
          Tuple.of(
              honoured.stream().map(look -> look.tenant().value()).toArray(String[]::new),
              honoured.stream().map(look -> look.identity().uuid()).toArray(UUID[]::new),
              honoured.stream().map(ClaimedHealthCheck::epoch).toArray(Long[]::new),
              one.getValue(3),
              one.getValue(4));
      assertEquals(
          honoured.size(),
          replica.run(replica.pool.preparedQuery(ALL_HONOURED).execute(all)).rowCount());
    }
  }

  private void note(UUID identity, HealthCheckOutcome outcome) {
    assertTrue(outcome != HealthCheckOutcome.LOST);
    if (outcome == HealthCheckOutcome.EXPIRED) {
      synchronized (erased) {
        erased.put(identity, now);
      }
    }
  }

  private void judge(TestStore store) {
    double mean = SESSIONS / 24.0;
    int busiest = perHour.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
    int all = perHour.values().stream().mapToInt(Integer::intValue).sum();
    System.out.printf(
        "health of %d sessions over %s: %d looks, %d of them out of reach; mean %.0f an hour, busiest"
            + " hour %d; longest without a look %s, without the pause %s; %d erased%n",
        SESSIONS,
        MONTH,
        all,
        outOfReach,
        mean,
        busiest,
        longestGap,
        longestQuietGap,
        erased.size());
    assertTrue(busiest <= 2 * mean, "busiest hour: " + busiest);
    assertTrue(
        longestQuietGap.compareTo(Duration.ofHours(31)) <= 0,
        "a session was not looked at for " + longestQuietGap);
    assertTrue(
        longestGap.compareTo(Duration.ofHours(30 + 6 + 12)) <= 0,
        "a session was not looked at for " + longestGap);
    assertTrue(outOfReach > 1000, "the outage met " + outOfReach + " looks");
    erased.forEach(
        (identity, at) -> assertTrue(overSince.getOrDefault(identity, Instant.MAX).isBefore(at)));
    // Those that ended so late that their looks were not due yet are left out.
    Instant lastCall = BEGIN.plus(MONTH).minus(Duration.ofHours(50));
    Set<UUID> missed = new HashSet<>();
    overSince.forEach(
        (identity, since) -> {
          if (since.isBefore(lastCall) && !erased.containsKey(identity)) {
            missed.add(identity);
          }
        });
    assertEquals(Set.of(), missed);
    lastLook.forEach(
        (identity, at) ->
            assertTrue(
                erased.containsKey(identity)
                    || at.isAfter(BEGIN.plus(MONTH).minus(Duration.ofHours(31)))));
  }
}
