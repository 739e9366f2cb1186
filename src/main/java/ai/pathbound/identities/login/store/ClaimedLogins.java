package ai.pathbound.identities.login.store;

import ai.pathbound.identities.audit.AuditTrail;
import ai.pathbound.identities.concurrency.Bulkhead;
import ai.pathbound.identities.database.Transactions;
import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.login.LoginSettings;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.Credentials;
import ai.pathbound.identities.login.session.LoginFacts;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.LoginOutcome.SignedIn;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.session.Running;
import ai.pathbound.identities.secret.Secret;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What a worker writes of the logins it holds. Every statement names epoch and worker, so a worker
 * that was thought dead writes nothing.
 */
@ApplicationScoped
public class ClaimedLogins {
  private static final String LET_GO =
      """
      update login_session set due_at = now()
      where tenant_id = $1 and id = $2 and epoch = $3 + 1
        and challenge_request is not null and due_at > now()
      """;

  private final Pool pool;
  private final LoginSeals seals;
  private final LoginJournalWriter journals;
  private final SettlementWriter settlements;

  ClaimedLogins(
      Pool pool,
      Transactions transactions,
      LoginSeals seals,
      LoginStateWriter record,
      LoginEvents events,
      AuditTrail audit,
      LoginSettings settings,
      @ConfigProperty(name = "quarkus.datasource.reactive.max-size") int connections) {
    this.pool = pool;
    this.seals = seals;
    // Half of the connections are kept back for the API, however many logins are driven here.
    Bulkhead bulkhead = new Bulkhead(Math.max(1, connections / 2));
    this.journals = new LoginJournalWriter(pool, bulkhead);
    this.settlements =
        new SettlementWriter(
            transactions, record, events, audit, bulkhead, settings.health().interval());
  }

  /** Remembers where the browser is; whether the worker still holds the login. */
  public Uni<Boolean> browserAt(Claim claim, BrowserHandle browser) {
    return Uni.createFrom()
        .deferred(
            () ->
                journals.write(
                    new JournalEntry(claim, sealed(claim, browser), false, false, false)))
        .map(Optional::isPresent);
  }

  /** Takes the credentials out; empty where there are none or the worker lost the login. */
  public Uni<Optional<Credentials>> takeCredentials(Claim claim) {
    return takeCredentials(new JournalEntry(claim, null, true, false, false));
  }

  /** The same, and remembers where the browser is that they will be typed into. */
  public Uni<Optional<Credentials>> takeCredentials(Claim claim, BrowserHandle browser) {
    return Uni.createFrom()
        .deferred(
            () ->
                takeCredentials(
                    new JournalEntry(claim, sealed(claim, browser), true, false, false)));
  }

  private Uni<Optional<Credentials>> takeCredentials(JournalEntry entry) {
    return journals.write(entry).map(taken -> opened(entry, taken));
  }

  private Optional<Credentials> opened(JournalEntry entry, Optional<JournalEntry.Taken> taken) {
    LoginFacts facts = entry.claim().state().facts();
    return taken.map(
        secrets ->
            secrets.sessionCookie() == null
                ? new Credentials.Password(
                    open(secrets.username(), LoginSeals.Column.USERNAME, facts),
                    open(secrets.password(), LoginSeals.Column.PASSWORD, facts))
                : SealedCookie.read(
                    open(secrets.sessionCookie(), LoginSeals.Column.SESSION_COOKIE, facts)));
  }

  /** Takes the code out; empty where there is none or the worker lost the login. */
  public Uni<Optional<Secret>> takeCode(Claim claim) {
    return journals
        .write(new JournalEntry(claim, null, false, true, false))
        .map(
            taken ->
                taken.map(
                    secrets ->
                        open(secrets.code(), LoginSeals.Column.CODE, claim.state().facts())));
  }

  /**
   * Takes out what shall be pressed; whether the worker still holds the login and nobody has taken
   * it out before.
   */
  public Uni<Boolean> takeRequest(Claim claim) {
    return journals
        .write(new JournalEntry(claim, null, false, false, true))
        .map(Optional::isPresent);
  }

  /**
   * Writes what became of the login; empty where the worker had lost it.
   *
   * @param held the row since the claim
   * @param running the login as it was driven
   * @param outcome what the connector found
   */
  public Uni<Optional<LoginSnapshot>> settle(
      Claim claim, LoginSnapshot held, Running running, LoginOutcome outcome) {
    return Uni.createFrom()
        .deferred(
            () ->
                settlements.write(
                    new Settlement(claim, held, running, outcome, seals(claim, outcome))))
        .call(settled -> settled.isPresent() ? Uni.createFrom().voidItem() : letGo(claim));
  }

  /** Takes the credentials out and settles, as above, in {@code tx}; what became of the login. */
  Uni<Optional<LoginSnapshot>> finish(
      Transaction tx, Claim claim, BrowserHandle browser, Running running, LoginOutcome outcome) {
    JournalEntry entry = new JournalEntry(claim, sealed(claim, browser), true, false, false);
    return LoginJournalWriter.write(tx.connection(), entry)
        .map(taken -> opened(entry, taken).orElseThrow())
        .chain(
            credentials ->
                settlements.write(
                    tx,
                    new Settlement(
                        claim,
                        LoginSnapshot.of(running, claim.claimedAt()),
                        running,
                        outcome,
                        seals(claim, outcome))));
  }

  /**
   * Says that this worker, which lost the login, is done with its browser. What the person has
   * asked for meanwhile has waited for that.
   */
  public Uni<Void> letGo(Claim claim) {
    LoginFacts facts = claim.state().facts();
    return pool.preparedQuery(LET_GO)
        .execute(Tuple.of(facts.tenant().value(), facts.session().uuid(), claim.epoch()))
        .replaceWithVoid();
  }

  private Settlement.Seals seals(Claim claim, LoginOutcome outcome) {
    String browser = outcome.browser().map(where -> sealed(claim, where)).orElse(null);
    if (!(outcome instanceof SignedIn signedIn)) {
      return new Settlement.Seals(browser, null, null);
    }
    TenantId tenant = claim.state().facts().tenant();
    IdentityId identity = claim.state().facts().identity();
    return new Settlement.Seals(
        browser,
        seals.seal(signedIn.session().content(), LoginSeals.Column.SESSION, tenant, identity),
        signedIn.member().isNamed()
            ? seals.seal(signedIn.member().kept(), LoginSeals.Column.MEMBER, tenant, identity)
            : null);
  }

  private Secret open(String sealed, LoginSeals.Column column, LoginFacts facts) {
    return seals.open(sealed, column, facts.tenant(), facts.session()).orElseThrow();
  }

  private String sealed(Claim claim, BrowserHandle browser) {
    LoginFacts facts = claim.state().facts();
    return seals.seal(
        browser.content(), LoginSeals.Column.BROWSER, facts.tenant(), facts.session());
  }
}
