package ai.pathbound.identities.login.store;

import static ai.pathbound.identities.login.store.Columns.seconds;

import ai.pathbound.identities.login.LoginSettings;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * The pause of the whole service's logins, one row of the database, which every claim reads. It is
 * tripped when too many logins fail as they do when LinkedIn changed its pages or distrusts the
 * browsers; any replica may trip it, and only one does.
 */
@ApplicationScoped
public class LoginPause {
  // Counts identities, not logins: many tries of one account are no spike, nor is one mistyped
  // password. linkedin_unavailable counts only after the credentials were sent: the page that
  // followed was not understood. A farm that is down sends none.
  //
  // Every second on every replica, so it reads first what failed, by an index of its own: only
  // where
  // that is enough for a pause does it read all that ended.
  private static final String TRIP =
      """
      with since as materialized (
        select greatest(now() - make_interval(secs => $1), counted_from) as moment
        from login_pause where only_row
      ), failures as (
        select count(*) as identities from (
          select distinct tenant_id, identity_id from login_session
          where failure in ('credentials_rejected', 'unknown_challenge', 'linkedin_unavailable')
            and finished_at > (select moment from since) and finished_at <= now()
            and (failure <> 'linkedin_unavailable' or credentials_sent_at is not null)
        ) failed
      ), recent as (
        select count(*) as identities from (
          select distinct tenant_id, identity_id from (
            select tenant_id, identity_id from login_session
            where finished_at > (select moment from since) and finished_at <= now()
              and (failure is null
                or failure not in ('superseded', 'cancelled', 'interrupted', 'linkedin_unavailable')
                or failure = 'linkedin_unavailable' and credentials_sent_at is not null)
            order by finished_at desc
            limit (select ceil(2 * identities / $4::float8) from failures)
          ) latest
        ) identity
      ), ended as materialized (
        select tenant_id, identity_id, coalesce(failure in
            ('credentials_rejected', 'unknown_challenge', 'linkedin_unavailable'), false) as failed
        from login_session
        where (
            select f.identities >= $4::float8 * $3::bigint and f.identities >= $4::float8 * r.identities
            from failures f, recent r)
          and finished_at > (select moment from since) and finished_at <= now()
          and (failure is null
            or failure not in ('superseded', 'cancelled', 'interrupted', 'linkedin_unavailable')
            or failure = 'linkedin_unavailable' and credentials_sent_at is not null)
      ), judged as (
        select bool_and(failed) as failed from ended group by tenant_id, identity_id
      ), rate as (
        select count(*) as judged, count(*) filter (where failed) as failed from judged
      )
      update login_pause set
        paused_at = now(), paused_until = now() + make_interval(secs => $2), paused_by = 'rate',
        counted_from = now() + make_interval(secs => $2)
      from rate
      where only_row and (paused_until is null or paused_until <= now())
        and judged >= $3 and failed >= $4::float8 * judged
      returning judged, failed, paused_until
      """;
  private static final String CURRENT =
      "select paused_by from login_pause where only_row and paused_until > now()";

  private final Pool pool;
  private final LoginSettings settings;

  LoginPause(Pool pool, LoginSettings settings) {
    this.pool = pool;
    this.settings = settings;
  }

  /**
   * Logins were paused.
   *
   * @param judged how many identities' logins had ended in the window
   * @param failed for how many of them every one had failed
   * @param until when logins go on by themselves
   */
  public record Trip(long judged, long failed, Instant until) {}

  /** Who paused. */
  public enum By {
    /** The service itself. */
    RATE,
    /** A person. */
    HAND
  }

  /** Pauses logins if the rule says so; empty on every replica but the one that did. */
  public Uni<Optional<Trip>> tripIfDue() {
    LoginSettings.PauseRule rule = settings.automaticPause();
    if (rule.atLeast() == 0) {
      return Uni.createFrom().item(Optional.empty());
    }
    return pool.preparedQuery(TRIP)
        .execute(
            Tuple.of(
                seconds(rule.window()), seconds(rule.lasts()), (long) rule.atLeast(), rule.share()))
        .map(
            rows -> {
              if (rows.rowCount() == 0) {
                return Optional.empty();
              }
              Row row = rows.iterator().next();
              return Optional.of(
                  new Trip(
                      row.getLong("judged"),
                      row.getLong("failed"),
                      Columns.instant(row, "paused_until").orElseThrow()));
            });
  }

  /** Who paused, where the service is paused now. */
  public Uni<Optional<By>> current() {
    return pool.query(CURRENT)
        .execute()
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(
                        By.valueOf(rows.iterator().next().getString(0).toUpperCase(Locale.ROOT))));
  }
}
