package ai.pathbound.identities.login.store;

import static ai.pathbound.identities.login.store.Columns.column;
import static ai.pathbound.identities.login.store.Columns.texts;

import ai.pathbound.identities.concurrency.Batches;
import ai.pathbound.identities.concurrency.Bulkhead;
import ai.pathbound.identities.login.store.JournalEntry.Taken;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The one statement by which workers write down where browsers are and take out what is about to be
 * typed or pressed: the intent to send and the loss of what is sent are the same commit, so that no
 * worker can send it again. What several logins write at the same time is one statement, too.
 */
final class LoginJournalWriter {
  private static final String WRITE =
      """
      with held as materialized (
        select h.place, s.tenant_id, s.id, h.browser, h.credentials, h.code, h.request,
          s.username_sealed, s.password_sealed, s.session_cookie_sealed, s.code_sealed
        from unnest($1::text[], $2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::boolean[],
            $7::boolean[], $8::boolean[]) with ordinality
          as h (tenant_id, id, epoch, worker, browser, credentials, code, request, place)
        join login_session s
          on s.tenant_id = h.tenant_id and s.id = h.id and s.epoch = h.epoch
            and s.worker = h.worker
        where (not h.credentials or coalesce(s.password_sealed, s.session_cookie_sealed) is not null)
          and (not h.code or s.code_sealed is not null)
          and (not h.request or s.challenge_request is not null)
        for update of s%s
      ), written as (
        update login_session s set
          browser_sealed = coalesce(held.browser, s.browser_sealed),
          username_sealed = case when not held.credentials then s.username_sealed end,
          password_sealed = case when not held.credentials then s.password_sealed end,
          session_cookie_sealed =
            case when not held.credentials then s.session_cookie_sealed end,
          credentials_sent_at =
            case when held.credentials then now() else s.credentials_sent_at end,
          code_sealed = case when not held.code then s.code_sealed end,
          challenge_request = case when not held.request then s.challenge_request end
        from held
        where s.tenant_id = held.tenant_id and s.id = held.id
        returning s.id
      )
      select held.place::int, held.username_sealed, held.password_sealed, held.session_cookie_sealed,
        held.code_sealed
      from held join written using (id)
      """;
  // A row that another transaction is writing does not hold up the others' logins.
  private static final String WRITE_UNLESS_LOCKED = WRITE.formatted(" skip locked");
  private static final String WRITE_ONE = WRITE.formatted("");
  // SQL counts from 1.
  private static final int FIRST = 1;
  private static final int AT_A_TIME = 3;
  private static final int AT_MOST = 64;

  private final Pool pool;
  private final Bulkhead bulkhead;
  private final Batches<JournalEntry, Optional<Taken>> batches;

  /** Has a connection of {@code pool} whenever {@code bulkhead} has a place. */
  LoginJournalWriter(Pool pool, Bulkhead bulkhead) {
    this.pool = pool;
    this.bulkhead = bulkhead;
    this.batches = new Batches<>(AT_A_TIME, AT_MOST, this::one, this::together);
  }

  /** Writes it; empty where the worker lost the login, or where the row holds no such thing. */
  Uni<Optional<Taken>> write(JournalEntry entry) {
    return batches.run(entry);
  }

  private Uni<Optional<Taken>> one(JournalEntry entry) {
    return bulkhead.run(() -> write(pool, entry));
  }

  /** Writes it by {@code client}, alone and now. */
  static Uni<Optional<Taken>> write(SqlClient client, JournalEntry entry) {
    return execute(client, WRITE_ONE, List.of(entry))
        .map(rows -> Optional.ofNullable(taken(rows).get(FIRST)));
  }

  private static Uni<RowSet<Row>> execute(
      SqlClient client, String sql, List<JournalEntry> entries) {
    return client.preparedQuery(sql).execute(values(entries));
  }

  private Uni<Map<JournalEntry, Optional<Taken>>> together(List<JournalEntry> entries) {
    return bulkhead
        .run(() -> execute(pool, WRITE_UNLESS_LOCKED, entries))
        .map(
            rows -> {
              Map<JournalEntry, Optional<Taken>> written = new IdentityHashMap<>();
              taken(rows)
                  .forEach(
                      (place, taken) ->
                          written.put(entries.get(place - FIRST), Optional.of(taken)));
              return written;
            });
  }

  /**
   * By the places of the entries and not by the logins: of two claims of one login the one that
   * lost it gets nothing, also where both are in one batch.
   */
  private static Map<Integer, Taken> taken(RowSet<Row> rows) {
    Map<Integer, Taken> taken = new HashMap<>();
    for (Row row : rows) {
      taken.put(
          row.getInteger(0),
          new Taken(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
    }
    return taken;
  }

  private static UUID id(JournalEntry entry) {
    return entry.claim().state().facts().session().uuid();
  }

  private static Tuple values(List<JournalEntry> entries) {
    return Tuple.tuple()
        .addValue(texts(entries, e -> e.claim().state().facts().tenant().value()))
        .addValue(column(entries, UUID[]::new, LoginJournalWriter::id))
        .addValue(column(entries, Long[]::new, e -> e.claim().epoch()))
        .addValue(texts(entries, e -> e.claim().worker()))
        .addValue(texts(entries, JournalEntry::browserSealed))
        .addValue(column(entries, Boolean[]::new, JournalEntry::credentials))
        .addValue(column(entries, Boolean[]::new, JournalEntry::code))
        .addValue(column(entries, Boolean[]::new, JournalEntry::request));
  }
}
