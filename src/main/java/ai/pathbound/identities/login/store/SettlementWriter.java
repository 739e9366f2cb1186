package ai.pathbound.identities.login.store;

import static ai.pathbound.identities.login.store.Columns.column;
import static ai.pathbound.identities.login.store.Columns.seconds;
import static ai.pathbound.identities.login.store.Columns.texts;
import static ai.pathbound.identities.login.store.Columns.time;
import static ai.pathbound.identities.login.store.Columns.times;

import ai.pathbound.identities.audit.AuditTrail;
import ai.pathbound.identities.audit.AuditTrail.OwnEvent;
import ai.pathbound.identities.concurrency.Batches;
import ai.pathbound.identities.concurrency.Bulkhead;
import ai.pathbound.identities.database.Transactions;
import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginFacts;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.session.LoginStatus;
import ai.pathbound.identities.login.store.StateChange.Written;
import ai.pathbound.identities.webhook.Events.Publication;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes what became of claimed logins; those that end at the same time in one transaction. The
 * profile is locked before the session, as in every transaction that locks both: no two wait for
 * each other. One that settles several waits for no lock at all, and leaves what it cannot have to
 * a transaction of its own.
 */
final class SettlementWriter {
  private static final int AT_A_TIME = 2;
  private static final int AT_MOST = 64;
  private static final String PROFILES =
      """
      select locked.*, floor(extract(epoch from clock_timestamp()) * 1000)::bigint as now
      from (
        select p.tenant_id, p.identity_id
        from unnest($1::text[], $2::uuid[]) as wanted (tenant_id, identity_id)
        join linkedin_profile p
          on p.tenant_id = wanted.tenant_id and p.identity_id = wanted.identity_id
        for update of p skip locked
      ) locked
      """;
  // The first look is planned here as HealthCheckQueue would a moment later, which spares the row
  // and its indexes a second write.
  private static final String CONNECT =
      """
      update linkedin_profile p set
        session_sealed = won.session, member_sealed = coalesce(won.member, p.member_sealed),
        connected = true, connected_at = won.at, checked_at = null, country = won.country,
        expired_at = null, look_from = case when $7::float8 is not null then won.at end,
        look_due_at = won.at + make_interval(secs => $7 * (0.25 + random())),
        look_lease_until = null, doubted_at = null, look_epoch = p.look_epoch + 1
      from unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::text[])
        as won (tenant_id, identity_id, session, member, at, country)
      where p.tenant_id = won.tenant_id and p.identity_id = won.identity_id
      """;

  private final Transactions transactions;
  private final LoginStateWriter record;
  private final LoginEvents events;
  private final AuditTrail audit;
  private final Bulkhead bulkhead;
  private final Double looksEvery;
  private final Batches<Settlement, Optional<LoginSnapshot>> batches;

  /**
   * Has a connection whenever {@code bulkhead} has a place.
   *
   * @param looksEvery how often a stored session is looked at; zero: never
   */
  SettlementWriter(
      Transactions transactions,
      LoginStateWriter record,
      LoginEvents events,
      AuditTrail audit,
      Bulkhead bulkhead,
      Duration looksEvery) {
    this.transactions = transactions;
    this.record = record;
    this.events = events;
    this.audit = audit;
    this.bulkhead = bulkhead;
    this.looksEvery = looksEvery.isZero() ? null : seconds(looksEvery);
    this.batches = new Batches<>(AT_A_TIME, AT_MOST, this::one, this::together);
  }

  /** Writes it; empty where the worker had lost the login. */
  Uni<Optional<LoginSnapshot>> write(Settlement settlement) {
    return batches.run(settlement);
  }

  private Uni<Optional<LoginSnapshot>> one(Settlement settlement) {
    return bulkhead.run(() -> transactions.run(tx -> write(tx, settlement)));
  }

  /** Writes it in {@code tx}, alone and now. */
  Uni<Optional<LoginSnapshot>> write(Transaction tx, Settlement settlement) {
    LoginFacts facts = settlement.claim.state().facts();
    return ProfileLock.take(tx.statements(), facts.tenant(), facts.identity())
        .flatMap(
            profile ->
                // A profile that is gone has taken its logins along.
                profile.isEmpty()
                    ? Uni.createFrom().item(Optional.empty())
                    : settle(
                            tx,
                            StateChangeStatement.CHANGE,
                            List.of(settling(settlement, profile.get().now())))
                        .map(settled -> settled.getOrDefault(settlement, Optional.empty())));
  }

  private Uni<Map<Settlement, Optional<LoginSnapshot>>> together(List<Settlement> settlements) {
    return bulkhead.run(
        () ->
            transactions.run(
                tx ->
                    tx.connection()
                        .preparedQuery(PROFILES)
                        .execute(
                            Tuple.of(
                                texts(settlements, s -> facts(s).tenant().value()),
                                column(settlements, UUID[]::new, s -> facts(s).identity().uuid())))
                        .flatMap(
                            rows ->
                                settle(
                                    tx,
                                    StateChangeStatement.CHANGE_UNLESS_LOCKED,
                                    settling(settlements, rows)))));
  }

  private static List<Settling> settling(List<Settlement> settlements, RowSet<Row> locked) {
    record Profile(String tenant, UUID identity) {}
    Map<Profile, Instant> moments = new HashMap<>();
    locked.forEach(
        row ->
            moments.put(
                new Profile(row.getString(0), row.getUUID(1)),
                Instant.ofEpochMilli(row.getLong(2))));
    List<Settling> all = new ArrayList<>();
    for (Settlement settlement : settlements) {
      LoginFacts facts = facts(settlement);
      Instant now = moments.get(new Profile(facts.tenant().value(), facts.identity().uuid()));
      if (now != null) {
        all.add(settling(settlement, now));
      }
    }
    return all;
  }

  /** A settlement, and what it makes of the row. */
  private record Settling(Settlement of, StateChange change) {}

  /** At one moment for all of it: what a person is given counts from the time they are shown. */
  private static Settling settling(Settlement of, Instant now) {
    return new Settling(
        of,
        new StateChange(
            of.held,
            of.claim.epoch(),
            of.outcome.settle(of.running, now),
            now,
            null,
            null,
            of.sealed.browser()));
  }

  /** A settlement whose row was written. */
  private record Settled(Settlement of, Instant at, Written written) {
    LoginSnapshot after() {
      return written.after();
    }
  }

  /** Of those whose row could be written, how it is now. */
  private Uni<Map<Settlement, Optional<LoginSnapshot>>> settle(
      Transaction tx, String sql, List<Settling> settlings) {
    if (settlings.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return record
        .write(tx, sql, settlings.stream().map(Settling::change).toList())
        .flatMap(
            written -> {
              List<Settled> settled = new ArrayList<>();
              for (int i = 0; i < settlings.size(); i++) {
                Settling one = settlings.get(i);
                written
                    .get(i)
                    .ifPresent(row -> settled.add(new Settled(one.of(), one.change().at(), row)));
              }
              return finish(tx, settled).replaceWith(() -> snapshots(settled));
            });
  }

  private static Map<Settlement, Optional<LoginSnapshot>> snapshots(List<Settled> settled) {
    Map<Settlement, Optional<LoginSnapshot>> snapshots = new IdentityHashMap<>();
    settled.forEach(one -> snapshots.put(one.of(), Optional.of(one.after())));
    return snapshots;
  }

  /** What a change of state brings with it, in the same transaction. */
  private Uni<Void> finish(Transaction tx, List<Settled> settled) {
    for (Settled one : settled) {
      List<Runnable> announcements = new ArrayList<>();
      record.announce(announcements, one.written());
      tx.afterCommit().add(() -> one.of().committed(announcements));
    }
    return expire(tx, settled)
        .chain(
            expired -> {
              // None of these waits for the answer of another.
              List<Uni<Void>> rest = new ArrayList<>();
              connect(tx, settled).ifPresent(rest::add);
              List<OwnEvent> ends =
                  settled.stream()
                      .map(Settled::after)
                      .filter(after -> after.status().isTerminal())
                      .map(LoginStateWriter::end)
                      .toList();
              if (!ends.isEmpty()) {
                rest.add(audit.writeOwn(tx.statements(), ends));
              }
              List<Publication> news = new ArrayList<>();
              settled.forEach(
                  one ->
                      LoginEvents.change(
                              one.written().before(), one.after(), one.written().version())
                          .ifPresent(news::add));
              news.addAll(expired);
              if (!news.isEmpty()) {
                rest.add(events.publish(tx.statements(), news));
              }
              return rest.isEmpty()
                  ? Uni.createFrom().voidItem()
                  : Uni.join().all(rest).andFailFast().replaceWithVoid();
            })
        .chain(() -> follow(tx, settled));
  }

  private Uni<Void> follow(Transaction tx, List<Settled> settled) {
    Uni<Void> all = Uni.createFrom().voidItem();
    for (Settled one : settled) {
      all = all.chain(() -> record.follow(tx, one.written()));
    }
    return all;
  }

  /** Stores the sessions that were won. */
  private Optional<Uni<Void>> connect(Transaction tx, List<Settled> settled) {
    List<Settled> won =
        settled.stream()
            .filter(one -> one.after().status() == LoginStatus.COMPLETED)
            .filter(one -> one.of().sealed.session() != null)
            .toList();
    if (won.isEmpty()) {
      return Optional.empty();
    }
    Tuple values =
        Tuple.tuple()
            .addValue(texts(won, one -> one.after().facts().tenant().value()))
            .addValue(column(won, UUID[]::new, one -> one.after().facts().identity().uuid()))
            .addValue(texts(won, one -> one.of().sealed.session()))
            .addValue(texts(won, one -> one.of().sealed.member()))
            .addValue(times(won, one -> time(one.at())))
            .addValue(texts(won, one -> one.after().facts().country().code()))
            .addValue(looksEvery);
    return Optional.of(tx.connection().preparedQuery(CONNECT).execute(values).replaceWithVoid());
  }

  /** Erases the sessions that LinkedIn no longer honours; what is told of those that were there. */
  private static Uni<List<Publication>> expire(Transaction tx, List<Settled> settled) {
    List<LoginFacts> expired =
        settled.stream()
            // A session that a login brought says nothing about the stored one.
            .filter(one -> one.of().claim.stored().isPresent())
            .map(Settled::after)
            .filter(
                after -> after.failure().filter(FailureReason.SESSION_EXPIRED::equals).isPresent())
            .map(LoginSnapshot::facts)
            .toList();
    if (expired.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    return tx.connection()
        .preparedQuery(LinkedInProfiles.EXPIRED)
        .executeBatch(
            expired.stream()
                .map(facts -> Tuple.of(facts.tenant().value(), facts.identity().uuid()))
                .toList())
        .map(
            first -> {
              List<Publication> news = new ArrayList<>();
              RowSet<Row> rows = first;
              for (LoginFacts facts : expired) {
                if (rows.rowCount() > 0) {
                  news.add(LoginEvents.expiry(facts));
                }
                rows = rows.next();
              }
              return news;
            });
  }

  private static LoginFacts facts(Settlement settlement) {
    return settlement.claim.state().facts();
  }
}
