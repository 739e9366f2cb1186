package ai.pathbound.identities.connect.link;

import ai.pathbound.identities.audit.Action;
import ai.pathbound.identities.audit.AuditTrail;
import ai.pathbound.identities.audit.LinkTrail;
import ai.pathbound.identities.database.Transactions;
import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.session.Credentials;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.store.LoginStarts;
import ai.pathbound.identities.login.store.LoginStore;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.secret.Secret;
import ai.pathbound.identities.tenant.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/** A holder's login, by the same core as the API's: credentials, then codes. */
@ApplicationScoped
public class HolderLogins {
  private static final Duration VERIFICATION_WAIT = Duration.ofMinutes(10);

  private final Transactions transactions;
  private final LinkRecord record;
  private final LinkTrail trail;
  private final LoginStarts starts;
  private final LoginStore logins;

  HolderLogins(
      Transactions transactions,
      LinkRecord record,
      LinkTrail trail,
      LoginStarts starts,
      LoginStore logins) {
    this.transactions = transactions;
    this.record = record;
    this.trail = trail;
    this.starts = starts;
    this.logins = logins;
  }

  /**
   * Begins a login with the holder's credentials. Refuses as a login by the API does, and with
   * {@code link_moved_on} where the link does not ask for credentials (any more): then nothing has
   * begun.
   */
  public Uni<StoredLink> submit(
      StoredLink link, Credentials credentials, Optional<String> address, String traceparent) {
    LinkFacts facts = link.facts();
    Caller holder = HolderSteps.holder(link, address);
    requireOpened(link);
    return transactions.run(
        tx ->
            starts
                .start(
                    tx,
                    new LoginStarts.LoginRequest(
                        facts.tenant(),
                        facts.identity(),
                        Optional.of(credentials),
                        link.options().country(),
                        VERIFICATION_WAIT,
                        traceparent))
                .map(login -> login.facts().session())
                // Last, since a login that this one supersedes may take its own link with it.
                .flatMap(
                    session ->
                        LinkRows.lock(
                                tx.connection(), facts.tenant(), facts.identity(), facts.link())
                            .flatMap(found -> submitted(tx, found, session, holder))));
  }

  private Uni<StoredLink> submitted(
      Transaction tx, StoredLink link, SessionId session, Caller holder) {
    ConnectLink next =
        link.state()
            .accept(
                new OnlyFrom<ConnectLink>() {
                  @Override
                  public Optional<ConnectLink> opened(Opened state) {
                    return Optional.of(state.submit(session, link.now()));
                  }
                })
            .filter(Submitted.class::isInstance)
            .orElseThrow(HolderLogins::movedOn);
    return trail
        .write(tx.statements(), HolderSteps.entry(link, holder, Action.LOGIN_STARTED).of(session))
        .chain(() -> record.write(tx, link, next, Optional.of(holder)));
  }

  /**
   * Gives the holder's code to the login. Refuses with {@code no_code_expected} where it asks for
   * none, and with {@code link_moved_on} where the link has no login under way.
   */
  public Uni<LoginSnapshot> answer(StoredLink link, Secret code, Optional<String> address) {
    LinkFacts facts = link.facts();
    SessionId session = requireLogin(link);
    return transactions.run(
        tx ->
            logins
                .answer(tx, facts.tenant(), facts.identity(), session, code)
                .call(
                    login ->
                        trail.write(
                            tx.statements(), entry(link, address, Action.CODE_GIVEN, login))));
  }

  /**
   * What the trail tells of what the holder asked of a login: its outcome is why that has failed,
   * where the call found its time to be over.
   */
  static LinkTrail.Entry entry(
      StoredLink link, Optional<String> address, Action action, LoginSnapshot login) {
    return HolderSteps.entry(
            link,
            HolderSteps.holder(link, address),
            action,
            login.failure().map(FailureReason::wireName).orElse(AuditTrail.SUCCESS))
        .of(login.facts().session());
  }

  /** The login under way; refuses with {@code link_moved_on} where there is none. */
  static SessionId requireLogin(StoredLink link) {
    return link.state()
        .accept(
            new OnlyFrom<SessionId>() {
              @Override
              public Optional<SessionId> submitted(Submitted state) {
                return Optional.of(state.login());
              }
            })
        .orElseThrow(HolderLogins::movedOn);
  }

  private static void requireOpened(StoredLink link) {
    if (link.status() != LinkStatus.OPENED) {
      throw movedOn();
    }
  }

  private static RefusalException movedOn() {
    return RefusalException.of(
        RefusalException.Kind.CONFLICT,
        "link_moved_on",
        "This connect link does not ask for that now.");
  }
}
