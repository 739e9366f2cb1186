package ai.pathbound.identities.connect.link;

import ai.pathbound.identities.audit.Action;
import ai.pathbound.identities.audit.LinkTrail;
import ai.pathbound.identities.database.Transactions;
import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.store.ChallengeRequests;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.BiFunction;

/** What a holder asks of a challenge beside answering it, by the same core as the API's. */
@ApplicationScoped
public class HolderChallenges {
  private final Transactions transactions;
  private final ChallengeRequests challenges;
  private final LinkTrail trail;

  HolderChallenges(Transactions transactions, ChallengeRequests challenges, LinkTrail trail) {
    this.transactions = transactions;
    this.challenges = challenges;
    this.trail = trail;
  }

  /**
   * Has LinkedIn send again. Refuses as the API does, and with {@code link_moved_on} where the link
   * has no login under way.
   */
  public Uni<LoginSnapshot> resend(StoredLink link, Optional<String> address) {
    LinkFacts facts = link.facts();
    return asked(
        link,
        address,
        Action.RESEND_REQUESTED,
        (tx, session) -> challenges.resend(tx, facts.tenant(), facts.identity(), session));
  }

  /** Has LinkedIn raise another of its challenges; refuses likewise. */
  public Uni<LoginSnapshot> choose(StoredLink link, ChallengeKind other, Optional<String> address) {
    LinkFacts facts = link.facts();
    return asked(
        link,
        address,
        Action.CHALLENGE_CHOSEN,
        (tx, session) -> challenges.choose(tx, facts.tenant(), facts.identity(), session, other));
  }

  private Uni<LoginSnapshot> asked(
      StoredLink link,
      Optional<String> address,
      Action action,
      BiFunction<Transaction, SessionId, Uni<LoginSnapshot>> ask) {
    SessionId session = HolderLogins.requireLogin(link);
    return transactions.run(
        tx ->
            ask.apply(tx, session)
                .call(
                    login ->
                        trail.write(
                            tx.statements(), HolderLogins.entry(link, address, action, login))));
  }
}
