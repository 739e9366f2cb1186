package ai.pathbound.identities.login.store;

import static ai.pathbound.identities.login.store.Columns.seconds;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.login.LoginSettings;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The looks at stored sessions as a worker sees them: planned over the interval, claimed at a pace
 * that the whole service keeps, the tenants in turn, with no transaction held while LinkedIn is
 * asked.
 */
@ApplicationScoped
public class HealthCheckQueue {
  /**
   * How much faster than on average looks may follow each other: what an outage or a pause held up
   * is caught up with, and the busiest hour stays below twice the mean.
   */
  private static final double HASTE = 1.5;

  /** How many looks may follow each other at once after a quiet time; few sessions need no pace. */
  private static final int AT_ONCE = 10;

  private static final int BATCH = 1000;
  private static final Duration COUNT_AGAIN = Duration.ofMinutes(1);
  private static final int COUNTS = 100;

  // A first look comes a quarter to five quarters of the interval after the login: many logins at
  // once are spread over a whole interval. What has no plan for long, as when looks were off, is
  // spread over an interval from now on.
  private static final String PLAN =
      """
      with unplanned as (
        select tenant_id, identity_id, greatest(connected_at, checked_at) as answered
        from linkedin_profile
        where session_sealed is not null and look_due_at is null and look_lease_until is null
        limit $2 for update skip locked
      ), span as (
        select tenant_id, identity_id, answered,
          greatest(now(), answered + make_interval(secs => $1::float8 * 0.25)) as first,
          greatest(now() + make_interval(secs => $1::float8), answered + make_interval(secs => $1::float8 * 1.25))
            as last
        from unplanned
      )
      update linkedin_profile p
      set look_from = span.answered, look_due_at = span.first + random() * (span.last - span.first)
      from span
      where p.tenant_id = span.tenant_id and p.identity_id = span.identity_id
      """;
  private static final String RESCUE =
      """
      update linkedin_profile p
      set look_due_at = now(), look_lease_until = null, look_epoch = p.look_epoch + 1
      from (
        select tenant_id, identity_id from linkedin_profile where look_lease_until < now()
        order by look_lease_until limit 100 for update skip locked
      ) stranded
      where p.tenant_id = stranded.tenant_id and p.identity_id = stranded.identity_id
      """;
  private static final String COUNT =
      """
      update session_look_pace set counted_at = now(),
        sessions = (select count(*) from linkedin_profile where session_sealed is not null)
      where counted_at < now() - make_interval(secs => $1)
      """;

  // One replica claims at a time: a replica that finds the pace locked comes again. A pause holds
  // looks as it holds logins, and so does a login that waits for its turn: slots and browsers are
  // for logins first. One that waits for a person has its browser and is due every few seconds, to
  // see whether an approval came: where a hundred wait, one is due at any time. The tenants take
  // turns as with logins, and a session with a login under way is left to it. The limit is 0 where
  // there is no budget: a limit of null would be none.
  //
  // between: whatever has a lease; unlike "is not null" it is taken to be rare where nobody has
  // counted.
  private static final String CLAIM =
      """
      with recursive pace as (
        select paid_until, greatest(sessions, 1) * $3::float8 / $2::float8 as per_second
        from session_look_pace
        where not $6 and not exists (select 1 from login_pause where paused_until > now())
          and not exists (select 1 from login_session
                          where due_at <= now() and status in ('queued', 'running'))
        for update skip locked
      ), credit as (
        select per_second, greatest(paid_until, now() - make_interval(
            secs => greatest($4::float8, 2 * $5::float8 * per_second) / per_second)) as paid_until
        from pace
      ), budget as materialized (
        select per_second, paid_until, greatest(0, least($1::bigint,
          floor(extract(epoch from now() - paid_until) * per_second)::bigint)) as looks
        from credit
      ), tenant (id) as (
        (select tenant_id from linkedin_profile
         where look_due_at is not null and session_sealed is not null
           and exists (select 1 from budget where looks > 0)
         order by tenant_id, look_due_at limit 1)
        union all
        select (select p.tenant_id from linkedin_profile p
                where p.look_due_at is not null and p.session_sealed is not null
                  and p.tenant_id > tenant.id
                order by p.tenant_id, p.look_due_at limit 1)
        from tenant where tenant.id is not null
      ), in_hand as (
        select tenant_id, count(*) as looks from linkedin_profile
        where look_lease_until between '-infinity' and 'infinity' group by tenant_id
      ), candidate as materialized (
        select tenant.id as tenant_id, first.identity_id,
          coalesce(in_hand.looks, 0) + first.place as turn
        from tenant
        left join in_hand on in_hand.tenant_id = tenant.id
        cross join lateral (
          select p.identity_id, row_number() over (order by p.look_due_at) as place
          from linkedin_profile p
          where p.tenant_id = tenant.id and p.session_sealed is not null
            and p.look_due_at <= now()
            and (select s.id from login_session s
                 where s.tenant_id = p.tenant_id and s.identity_id = p.identity_id
                   and s.finished_at is null limit 1) is null
          order by p.look_due_at
          limit 4 * $1::bigint
        ) first
      ), picked as (
        select p.tenant_id, p.identity_id
        from candidate c
        join linkedin_profile p on p.tenant_id = c.tenant_id and p.identity_id = c.identity_id
        where p.look_due_at <= now() and p.session_sealed is not null
        order by c.turn, p.tenant_id <= $8, p.tenant_id, p.look_due_at
        limit coalesce((select looks from budget), 0)
        for update of p skip locked
      ), paid as (
        update session_look_pace set paid_until = budget.paid_until
          + make_interval(secs => (select count(*) from picked) / budget.per_second)
        from budget where exists (select 1 from picked)
      )
      update linkedin_profile p set
        look_due_at = null, look_lease_until = now() + make_interval(secs => $7),
        look_epoch = p.look_epoch + 1
      from picked
      where p.tenant_id = picked.tenant_id and p.identity_id = picked.identity_id
      returning p.tenant_id, p.identity_id, p.look_epoch,
        greatest(p.connected_at, p.checked_at) > p.look_from and p.connected as needless
      """;
  private static final String DEPTH =
      """
      select count(*), coalesce(extract(epoch from now() - min(look_due_at)), 0)::float8
      from linkedin_profile where look_due_at <= now() and session_sealed is not null
      """;

  private final Pool pool;
  private final LoginSettings settings;
  private volatile String lastTenant = "";

  HealthCheckQueue(Pool pool, LoginSettings settings) {
    this.pool = pool;
    this.settings = settings;
  }

  /**
   * How much there is to look at.
   *
   * @param due how many sessions wait for their look now
   * @param overdue how long the first of them has waited
   */
  public record Depth(long due, Duration overdue) {}

  /**
   * Plans what has no plan yet, takes back what other replicas left, and counts how many sessions
   * there are.
   */
  public Uni<Void> prepare() {
    Duration interval = settings.health().interval();
    Duration countAgain = countAgain(interval);
    return pool.preparedQuery(COUNT)
        .execute(Tuple.of(seconds(countAgain)))
        .chain(() -> pool.query(RESCUE).execute())
        .chain(() -> pool.preparedQuery(PLAN).execute(Tuple.of(seconds(interval), BATCH)))
        .replaceWithVoid();
  }

  /** To count is to read a whole index, so it is done some hundred times in an interval. */
  private static Duration countAgain(Duration interval) {
    Duration part = interval.dividedBy(COUNTS);
    Duration least = interval.compareTo(COUNT_AGAIN) < 0 ? interval : COUNT_AGAIN;
    return part.compareTo(least) < 0 ? least : part;
  }

  /**
   * Claims what is due, no faster than the whole service's pace.
   *
   * @param atMost how many
   * @param lease how long no other worker begins them
   * @param tick how often this is asked, at least
   */
  public Uni<List<ClaimedHealthCheck>> claim(int atMost, Duration lease, Duration tick) {
    return pool.preparedQuery(CLAIM)
        .execute(
            Tuple.tuple()
                .addValue(atMost)
                .addValue(seconds(settings.health().interval()))
                .addValue(HASTE)
                .addValue((double) AT_ONCE)
                .addValue(seconds(tick))
                .addValue(settings.paused())
                .addValue(seconds(lease))
                .addValue(lastTenant))
        .map(
            rows -> {
              List<ClaimedHealthCheck> claims = new ArrayList<>();
              for (Row row : rows) {
                lastTenant = row.getString("tenant_id");
                claims.add(
                    new ClaimedHealthCheck(
                        new TenantId(lastTenant),
                        new IdentityId(row.getUUID("identity_id")),
                        row.getLong("look_epoch"),
                        row.getBoolean("needless")));
              }
              return claims;
            });
  }

  /** How much there is to look at, in the whole service. */
  public Uni<Depth> depth() {
    return pool.query(DEPTH)
        .execute()
        .map(
            rows -> {
              Row row = rows.iterator().next();
              return new Depth(row.getLong(0), Duration.ofMillis((long) (row.getDouble(1) * 1000)));
            });
  }
}
