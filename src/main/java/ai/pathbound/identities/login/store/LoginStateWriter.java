package ai.pathbound.identities.login.store;

import ai.pathbound.identities.audit.Action;
import ai.pathbound.identities.audit.AuditTrail;
import ai.pathbound.identities.audit.AuditTrail.OwnEvent;
import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.login.LoginSettings;
import ai.pathbound.identities.login.LoginTransitions;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginFacts;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.store.StateChange.Written;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * Changes the state of logins, with what every change brings along: the trail's word of an end, the
 * event, the funnel, and what follows a login.
 */
@ApplicationScoped
class LoginStateWriter {
  private static final Uni<Void> NOTHING = Uni.createFrom().voidItem();

  private final StateChangeStatement statement;
  private final LoginTransitions transitions;
  private final AuditTrail audit;
  private final LoginEvents events;
  private final List<LoginFollower> followers;

  LoginStateWriter(
      LoginSettings settings,
      LoginTransitions transitions,
      AuditTrail audit,
      LoginEvents events,
      @All List<LoginFollower> followers) {
    this.statement = new StateChangeStatement(settings);
    this.transitions = transitions;
    this.audit = audit;
    this.events = events;
    this.followers = followers;
  }

  /** Writes it; empty where the row is gone or is no longer at that epoch. */
  Uni<Optional<LoginSnapshot>> write(Transaction tx, StateChange change) {
    return write(tx, StateChangeStatement.CHANGE, List.of(change))
        .map(written -> written.get(0))
        .call(
            written ->
                written
                    .map(
                        now -> {
                          announce(tx.afterCommit(), now);
                          return recordEnd(tx, now.after())
                              .chain(
                                  () ->
                                      events.changed(
                                          tx.statements(),
                                          now.before(),
                                          now.after(),
                                          now.version()))
                              .chain(() -> follow(tx, now));
                        })
                    .orElse(NOTHING))
        .map(written -> written.map(Written::after));
  }

  /**
   * Writes the rows, and nothing else of what a change brings with it; of each change what was
   * written, empty as above.
   *
   * @param sql {@link StateChangeStatement#CHANGE} or the one that leaves locked rows alone
   */
  Uni<List<Optional<Written>>> write(Transaction tx, String sql, List<StateChange> changes) {
    return statement.execute(tx, sql, changes);
  }

  /** Writes LOGIN_ENDED as the service; the caller who ended it has a separate event. */
  private Uni<Void> recordEnd(Transaction tx, LoginSnapshot after) {
    return after.status().isTerminal()
        ? audit.writeOwn(tx.statements(), List.of(end(after)))
        : NOTHING;
  }

  /** What the trail says of a login that has ended. */
  static OwnEvent end(LoginSnapshot after) {
    LoginFacts facts = after.facts();
    return new OwnEvent(
        facts.tenant(),
        Action.LOGIN_ENDED,
        facts.identity(),
        facts.session(),
        after.failure().map(FailureReason::wireName).orElse(AuditTrail.SUCCESS));
  }

  /**
   * Takes along what follows a login that has ended. Its rows are locked after those of all logins
   * of the transaction: whoever holds one of them waits for no login.
   */
  Uni<Void> follow(Transaction tx, Written written) {
    Uni<Void> all = NOTHING;
    if (written.followed()) {
      for (LoginFollower follower : followers) {
        all = all.chain(() -> follower.ended(tx, written.after()));
      }
    }
    return all;
  }

  /** Adds to {@code afterCommit} that the funnel hears of it. */
  void announce(List<Runnable> afterCommit, Written written) {
    LoginSnapshot before = written.before();
    LoginSnapshot after = written.after();
    if (before.status() != after.status()) {
      LoginFacts facts = after.facts();
      afterCommit.add(
          () ->
              transitions.committed(
                  facts.tenant(),
                  facts.session(),
                  Optional.of(before.status()),
                  after.status(),
                  after.failure()));
    }
  }
}
