package ai.pathbound.identities.login.store;

import static ai.pathbound.identities.login.store.Columns.seconds;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.secret.UnreadableSecretException;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Browsers of ended logins that must still be closed. */
@ApplicationScoped
public class AbandonedBrowsers {
  private static final Logger LOG = Logger.getLogger(AbandonedBrowsers.class);

  /** How many notes are taken at a time. */
  public static final int BATCH = 16;

  private static final Duration TRY_AGAIN = Duration.ofSeconds(5);
  private static final int MAX_ATTEMPTS = 10;

  /**
   * Of a note {@code b}, whether its login was ended from outside its worker in a browser into
   * which no credentials were typed: what that browser holds of a stored session, nobody has
   * written down.
   */
  static final String BROKEN_OFF =
      """
      coalesce((
        select s.credentials_sent_at is null and s.failure in
          ('cancelled', 'superseded', 'verification_timeout', 'linkedin_unavailable')
        from login_session s where s.tenant_id = b.tenant_id and s.id = b.session_id), false)
      """;

  // Taking a row postpones its due time, so another worker retries if this one dies.
  private static final String TAKE =
      """
      update abandoned_browser b set
        attempts = attempts + 1, due_at = now() + make_interval(secs => $1)
      where id in (
        select id from abandoned_browser
        where due_at <= now() and due_at > coalesce(now() - make_interval(secs => $3), '-infinity')
        order by due_at limit $2 for update skip locked)
      returning b.*,
      """
          + BROKEN_OFF
          + " as broken_off";
  private static final String NOTE =
      """
      insert into abandoned_browser
        (tenant_id, identity_id, session_id, handle_sealed, created_at, due_at)
      select tenant_id, identity_id, id, browser_sealed, %2$s, %2$s from %1$s
      where browser_sealed is not null\
      """;
  private static final String DONE =
      """
      with done as (
        delete from abandoned_browser where id = any($1) returning tenant_id, identity_id)
      select exists (
        select 1 from done cross join lateral (
          select 1 from login_session s
          where s.tenant_id = done.tenant_id and s.identity_id = done.identity_id
            and s.finished_at is null
          offset 0) under_way)
      """;
  // Notes are told of within moments. To look for older ones is to step over those that are done
  // and that PostgreSQL cannot remove yet, while somebody holds an old snapshot: see
  // ClaimStatement.
  private static final Duration RECENT = Duration.ofSeconds(2);

  private final Pool pool;
  private final LoginSeals seals;

  AbandonedBrowsers(Pool pool, LoginSeals seals) {
    this.pool = pool;
    this.seals = seals;
  }

  /**
   * A browser to close.
   *
   * @param endedAt when its login ended
   * @param browser empty where the handle does not open, so that the browser cannot be closed
   * @param lastTry whether this is the last try, after which only the farm's own time-out closes it
   * @param mayHold whether it may hold a newer session than what is stored
   */
  public record Note(
      UUID id,
      TenantId tenant,
      IdentityId identity,
      SessionId session,
      OffsetDateTime endedAt,
      Optional<BrowserHandle> browser,
      boolean lastTry,
      boolean mayHold) {}

  /**
   * The insert that leaves a note of each browser of {@code logins}, rows such as those of
   * login_session; more conditions may follow it.
   *
   * @param now the time: a parameter that holds it, as {@code $3}, or {@code now()}
   */
  static String note(String logins, String now) {
    return NOTE.formatted(logins, now);
  }

  /** Takes a batch of notes that are due. */
  public Uni<List<Note>> take() {
    return take(null);
  }

  /** Takes a batch of notes that became due within the last moments. */
  public Uni<List<Note>> takeRecent() {
    return take(seconds(RECENT));
  }

  private Uni<List<Note>> take(Double within) {
    return pool.preparedQuery(TAKE)
        .execute(Tuple.of(seconds(TRY_AGAIN), BATCH, within))
        .map(
            rows -> {
              List<Note> notes = new ArrayList<>();
              for (Row row : rows) {
                notes.add(note(row));
              }
              return notes;
            });
  }

  private Note note(Row row) {
    SessionId session = new SessionId(row.getUUID("session_id"));
    TenantId tenant = new TenantId(row.getString("tenant_id"));
    return new Note(
        row.getUUID("id"),
        tenant,
        new IdentityId(row.getUUID("identity_id")),
        session,
        row.getOffsetDateTime("created_at"),
        browser(row, tenant, session),
        row.getInteger("attempts") >= MAX_ATTEMPTS,
        row.getBoolean("broken_off"));
  }

  private Optional<BrowserHandle> browser(Row row, TenantId tenant, SessionId session) {
    try {
      return seals
          .open(row.getString("handle_sealed"), LoginSeals.Column.BROWSER, tenant, session)
          .map(BrowserHandle::new);
    } catch (UnreadableSecretException e) {
      LOG.warnf("the browser of login %s is left to the farm: %s", session, e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Deletes the notes of browsers that are closed or given up; whether a newer login of one of the
   * identities may have waited for that.
   */
  public Uni<Boolean> forget(List<Note> notes) {
    return notes.isEmpty()
        ? Uni.createFrom().item(false)
        : pool.preparedQuery(DONE)
            .execute(Tuple.of((Object) notes.stream().map(Note::id).toArray(UUID[]::new)))
            .map(rows -> rows.iterator().next().getBoolean(0));
  }
}
