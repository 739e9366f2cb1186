package ai.pathbound.identities.login.store;

import static ai.pathbound.identities.login.store.Columns.time;

import ai.pathbound.identities.concurrency.Bulkhead;
import ai.pathbound.identities.database.Transactions;
import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.Credentials;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginFacts;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.LoginOutcome.SignedIn;
import ai.pathbound.identities.login.session.LoginSession;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.session.LoginStatus;
import ai.pathbound.identities.login.session.Running;
import ai.pathbound.identities.login.store.ProfileLock.Profile;
import ai.pathbound.identities.secret.Secret;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What a worker writes of the logins it holds. Every statement names epoch and worker, so a worker
 * that was thought dead writes nothing.
 */
@ApplicationScoped
public class ClaimedLogins {
  private static final String HELD =
      " where tenant_id = $1 and id = $2 and epoch = $3 and worker = $4";
  private static final String BROWSER_AT = "update login_session set browser_sealed = $5" + HELD;
  // The intent to send and the loss of what is sent are one statement: no worker can send it again.
  private static final String TAKE_CREDENTIALS =
      """
      with taken as (
        select username_sealed, password_sealed from login_session
      """
          + HELD
          + """
           and password_sealed is not null for update
      ), sent as (
        update login_session
        set username_sealed = null, password_sealed = null, credentials_sent_at = now()
      """
          + HELD
          + """
           and password_sealed is not null returning 1
      )
      select taken.* from taken, sent
      """;
  private static final String TAKE_CODE =
      """
      with taken as (
        select code_sealed from login_session
      """
          + HELD
          + """
           and code_sealed is not null for update
      ), used as (
        update login_session set code_sealed = null
      """
          + HELD
          + """
           and code_sealed is not null returning 1
      )
      select taken.* from taken, used
      """;
  private static final String CONNECT =
      """
      update linkedin_profile set
        session_sealed = $3, member_sealed = coalesce($4, member_sealed), connected = true,
        connected_at = $5, checked_at = null, country = $6, expired_at = null,
      """
          + LinkedInProfiles.NO_LOOK
          + " where tenant_id = $1 and identity_id = $2";

  private final Pool pool;
  private final Transactions transactions;
  private final LoginSeals seals;
  private final LoginRecord record;
  private final LoginEvents events;
  // Half of the connections are kept back for the API, however many logins are driven here.
  private final Bulkhead bulkhead;

  ClaimedLogins(
      Pool pool,
      Transactions transactions,
      LoginSeals seals,
      LoginRecord record,
      LoginEvents events,
      @ConfigProperty(name = "quarkus.datasource.reactive.max-size") int connections) {
    this.pool = pool;
    this.transactions = transactions;
    this.seals = seals;
    this.record = record;
    this.events = events;
    this.bulkhead = new Bulkhead(Math.max(1, connections / 2));
  }

  /** Remembers where the browser is; whether the worker still holds the login. */
  public Uni<Boolean> browserAt(Claim claim, BrowserHandle browser) {
    return bulkhead
        .run(
            () ->
                pool.preparedQuery(BROWSER_AT).execute(key(claim).addValue(sealed(claim, browser))))
        .map(rows -> rows.rowCount() == 1);
  }

  /** Takes the credentials out; empty where there are none or the worker lost the login. */
  public Uni<Optional<Credentials>> takeCredentials(Claim claim) {
    LoginFacts facts = claim.state().facts();
    return bulkhead
        .run(() -> pool.preparedQuery(TAKE_CREDENTIALS).execute(key(claim)))
        .map(
            rows -> {
              if (rows.size() == 0) {
                return Optional.empty();
              }
              var row = rows.iterator().next();
              return Optional.of(
                  new Credentials(
                      open(row.getString(0), LoginSeals.Column.USERNAME, facts),
                      open(row.getString(1), LoginSeals.Column.PASSWORD, facts)));
            });
  }

  /** Takes the code out; empty where there is none or the worker lost the login. */
  public Uni<Optional<Secret>> takeCode(Claim claim) {
    return bulkhead
        .run(() -> pool.preparedQuery(TAKE_CODE).execute(key(claim)))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(
                        open(
                            rows.iterator().next().getString(0),
                            LoginSeals.Column.CODE,
                            claim.state().facts())));
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
    LoginFacts facts = claim.state().facts();
    String browser = outcome.browser().map(where -> sealed(claim, where)).orElse(null);
    return bulkhead.run(
        () ->
            transactions.run(
                tx ->
                    // The profile is locked before the session, as in every transaction that locks
                    // both: no two wait for each other. A profile that is gone has taken its
                    // logins along.
                    ProfileLock.take(tx.statements(), facts.tenant(), facts.identity())
                        .flatMap(
                            profile ->
                                profile
                                    .map(Profile::now)
                                    .map(
                                        now ->
                                            settle(tx, claim, held, running, outcome, browser, now))
                                    .orElseGet(() -> Uni.createFrom().item(Optional.empty())))));
  }

  /** At one moment for all of it: what a person is given counts from the time they are shown. */
  private Uni<Optional<LoginSnapshot>> settle(
      Transaction tx,
      Claim claim,
      LoginSnapshot held,
      Running running,
      LoginOutcome outcome,
      String browser,
      Instant now) {
    LoginSession next = outcome.settle(running, now);
    return record
        .write(tx, new LoginRecord.StateChange(held, claim.epoch(), next, now, null, browser))
        .call(
            written ->
                written.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : settleProfile(tx, LoginSnapshot.of(next, now), outcome, now));
  }

  private Uni<Void> settleProfile(
      Transaction tx, LoginSnapshot after, LoginOutcome outcome, Instant now) {
    LoginFacts facts = after.facts();
    if (after.status() == LoginStatus.COMPLETED && outcome instanceof SignedIn signedIn) {
      TenantId tenant = facts.tenant();
      IdentityId identity = facts.identity();
      return tx.connection()
          .preparedQuery(CONNECT)
          .execute(
              Tuple.of(
                  tenant.value(),
                  identity.uuid(),
                  seals.seal(
                      signedIn.session().content(), LoginSeals.Column.SESSION, tenant, identity),
                  signedIn.member().isKnown()
                      ? seals.seal(
                          signedIn.member().key(), LoginSeals.Column.MEMBER, tenant, identity)
                      : null,
                  time(now),
                  facts.country().code()))
          .replaceWithVoid();
    }
    if (after.failure().filter(FailureReason.SESSION_EXPIRED::equals).isPresent()) {
      return tx.connection()
          .preparedQuery(LinkedInProfiles.EXPIRED)
          .execute(Tuple.of(facts.tenant().value(), facts.identity().uuid()))
          .flatMap(
              erased ->
                  erased.rowCount() == 0
                      ? Uni.createFrom().voidItem()
                      : events.expired(tx.statements(), facts));
    }
    return Uni.createFrom().voidItem();
  }

  private Secret open(String sealed, LoginSeals.Column column, LoginFacts facts) {
    return seals.open(sealed, column, facts.tenant(), facts.session()).orElseThrow();
  }

  private String sealed(Claim claim, BrowserHandle browser) {
    LoginFacts facts = claim.state().facts();
    return seals.seal(
        browser.content(), LoginSeals.Column.BROWSER, facts.tenant(), facts.session());
  }

  private static Tuple key(Claim claim) {
    SessionId session = claim.state().facts().session();
    return Tuple.of(
        claim.state().facts().tenant().value(), session.uuid(), claim.epoch(), claim.worker());
  }
}
