package ai.pathbound.identities.login.store;

import static ai.pathbound.identities.login.store.Columns.time;

import ai.pathbound.identities.id.ProfileId;
import ai.pathbound.identities.id.SessionId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Finds the browser labels of this service that have no more use. A label that this database does
 * not know is left out: another installation may share the farm.
 */
@ApplicationScoped
public class OrphanedBrowsers {
  // The times let an index find them: the id alone has none.
  private static final String FINISHED =
      """
      select id from login_session
      where finished_at >= $1 and finished_at <= $2 and id = any($3)
      """;
  private static final String PROFILES =
      "select profile_id from linkedin_profile where profile_id = any($1)";
  // A browser may open long after the login that asked for it has ended.
  private static final Duration SLACK = Duration.ofDays(1);

  private final Pool pool;

  public OrphanedBrowsers(Pool pool) {
    this.pool = pool;
  }

  /**
   * Of {@code logins}, those that ended before {@code before}.
   *
   * @param opened when the oldest of their browsers was opened
   */
  public Uni<Set<String>> finished(Collection<SessionId> logins, Instant opened, Instant before) {
    UUID[] ids = logins.stream().map(SessionId::uuid).toArray(UUID[]::new);
    return pool.preparedQuery(FINISHED)
        .execute(Tuple.of(time(opened.minus(SLACK)), time(before), ids))
        .map(rows -> texts(rows, id -> new SessionId(id).toString()));
  }

  /** Of {@code profiles}, those that are of this service. */
  public Uni<Set<String>> known(Collection<ProfileId> profiles) {
    UUID[] ids = profiles.stream().map(ProfileId::uuid).toArray(UUID[]::new);
    return pool.preparedQuery(PROFILES)
        .execute(Tuple.of((Object) ids))
        .map(rows -> texts(rows, id -> new ProfileId(id).toString()));
  }

  private static Set<String> texts(RowSet<Row> rows, Function<UUID, String> text) {
    Set<String> texts = new HashSet<>();
    rows.forEach(row -> texts.add(text.apply(row.getUUID(0))));
    return texts;
  }
}
