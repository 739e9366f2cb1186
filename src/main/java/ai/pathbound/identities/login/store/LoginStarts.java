package ai.pathbound.identities.login.store;

import static ai.pathbound.identities.login.store.Columns.time;

import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.Ids;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.LoginSettings;
import ai.pathbound.identities.login.LoginTransitions;
import ai.pathbound.identities.login.session.Country;
import ai.pathbound.identities.login.session.Credentials;
import ai.pathbound.identities.login.session.LoginFacts;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.session.LoginStatus;
import ai.pathbound.identities.login.session.Queued;
import ai.pathbound.identities.login.session.UnderWay;
import ai.pathbound.identities.login.session.Waiting;
import ai.pathbound.identities.login.store.LoginTermination.Active;
import ai.pathbound.identities.login.store.ProfileLock.Profile;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Accepts logins: one at a time per identity. Concurrent starts wait for each other at the lock on
 * the identity's row; the partial unique index is the safety net.
 */
@ApplicationScoped
public class LoginStarts {
  // Locks the identity's row before the profile's, as disconnect and delete do; otherwise an
  // identity that is being deleted would get a profile.
  private static final String FIRST_PROFILE =
      """
      insert into linkedin_profile (tenant_id, identity_id, profile_id, country)
      select tenant_id, id, $3, $4 from identity where tenant_id = $1 and id = $2
      for no key update
      on conflict (tenant_id, identity_id) do nothing
      """;
  private static final String INSERT =
      """
      insert into login_session
        (tenant_id, id, identity_id, profile_id, country, verification_wait_s, status,
         username_sealed, password_sealed, due_at, deadline_at, traceparent, created_at, updated_at,
         session_cookie_sealed)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $10, $10, $13)
      """;

  private final Ids ids;
  private final LoginSettings settings;
  private final LoginSeals seals;
  private final LoginTermination termination;
  private final LoginLimits limits;
  private final LoginTransitions transitions;

  LoginStarts(
      Ids ids,
      LoginSettings settings,
      LoginSeals seals,
      LoginTermination termination,
      LoginLimits limits,
      LoginTransitions transitions) {
    this.ids = ids;
    this.settings = settings;
    this.seals = seals;
    this.termination = termination;
    this.limits = limits;
    this.transitions = transitions;
  }

  /**
   * What a person asks for.
   *
   * @param credentials to sign in with; empty: the stored session
   * @param country where to go out; empty: the profile's own
   * @param traceparent the W3C trace context to go on with, or null
   */
  public record LoginRequest(
      TenantId tenant,
      IdentityId identity,
      Optional<Credentials> credentials,
      Optional<Country> country,
      Duration verificationWait,
      String traceparent) {}

  /**
   * Queues a login. Refuses with {@code not_found}, {@code credentials_required}, {@code
   * login_in_progress} or {@code too_many_logins}.
   */
  public Uni<LoginSnapshot> start(Transaction tx, LoginRequest request) {
    return Uni.createFrom()
        .deferred(
            () -> {
              // Before anything is locked.
              Sealed sealed = seal(request);
              return found(tx, request).flatMap(found -> start(tx, request, found, sealed));
            });
  }

  /** The new login's id, and what is stored of its credentials; null where it has none of that. */
  private record Sealed(
      SessionId session, String username, String password, String sessionCookie) {}

  private Sealed seal(LoginRequest request) {
    SessionId session = ids.session();
    TenantId tenant = request.tenant();
    Credentials credentials = request.credentials().orElse(null);
    if (credentials instanceof Credentials.Password typed) {
      return new Sealed(
          session,
          seals.seal(typed.username(), LoginSeals.Column.USERNAME, tenant, session),
          seals.seal(typed.password(), LoginSeals.Column.PASSWORD, tenant, session),
          null);
    }
    if (credentials instanceof Credentials.SessionCookie cookie) {
      return new Sealed(
          session,
          null,
          null,
          seals.seal(
              SealedCookie.write(cookie), LoginSeals.Column.SESSION_COOKIE, tenant, session));
    }
    return new Sealed(session, null, null, null);
  }

  /** What a start depends on, with the profile and a login under way locked. */
  private record Found(
      Optional<Profile> profile, Optional<Active<UnderWay>> active, LoginLimits.History history) {}

  /** Sent one behind the other, in the order of their locks, without waiting for the answers. */
  private Uni<Found> found(Transaction tx, LoginRequest request) {
    String country = request.country().orElse(Country.DEFAULT).code();
    return Uni.combine()
        .all()
        .unis(
            tx.connection()
                .preparedQuery(FIRST_PROFILE)
                .execute(
                    Tuple.of(
                        request.tenant().value(),
                        request.identity().uuid(),
                        ids.profile().uuid(),
                        country)),
            ProfileLock.take(tx.statements(), request.tenant(), request.identity()),
            termination.active(tx, request.tenant(), request.identity()),
            limits.history(tx, request.tenant(), request.identity()))
        .with((inserted, profile, active, history) -> new Found(profile, active, history));
  }

  private Uni<LoginSnapshot> start(
      Transaction tx, LoginRequest request, Found found, Sealed sealed) {
    Profile profile = found.profile().orElseThrow(RefusalException::notFound);
    Instant now = profile.now();
    requireSomethingToSignInWith(request, profile);
    Optional<Active<Waiting>> waiting = found.active().map(termination::requireWaiting);
    limits.require(found.history(), now);
    return waiting
        .map(login -> termination.supersede(tx, login, now))
        .orElseGet(Uni.createFrom()::voidItem)
        .chain(() -> insert(tx, request, profile, sealed, now));
  }

  private static void requireSomethingToSignInWith(LoginRequest request, Profile profile) {
    if (request.credentials().isEmpty() && !profile.hasSession()) {
      throw RefusalException.of(
          RefusalException.Kind.INVALID,
          "credentials_required",
          "This identity has no stored LinkedIn session to go on with. Send username and"
              + " password.");
    }
  }

  private Uni<LoginSnapshot> insert(
      Transaction tx, LoginRequest request, Profile profile, Sealed sealed, Instant now) {
    LoginFacts facts =
        new LoginFacts(
            request.tenant(),
            sealed.session(),
            request.identity(),
            profile.id(),
            request.country().orElseGet(profile::country),
            request.verificationWait(),
            now);
    Queued queued = Queued.accept(facts, settings.queueTimeout());
    SessionId session = facts.session();
    Tuple values =
        Tuple.tuple()
            .addValue(facts.tenant().value())
            .addValue(session.uuid())
            .addValue(facts.identity().uuid())
            .addValue(facts.profile().uuid())
            .addValue(facts.country().code())
            .addValue((int) facts.verificationWait().toSeconds())
            .addValue(LoginStatus.QUEUED.wireName())
            .addValue(sealed.username())
            .addValue(sealed.password())
            .addValue(time(now))
            .addValue(time(queued.deadline()))
            .addValue(request.traceparent())
            .addValue(sealed.sessionCookie());
    tx.afterCommit()
        .add(
            () ->
                transitions.committed(
                    facts.tenant(),
                    session,
                    Optional.empty(),
                    LoginStatus.QUEUED,
                    Optional.empty()));
    return tx.connection()
        .preparedQuery(INSERT)
        .execute(values)
        .replaceWith(LoginSnapshot.of(queued, now));
  }
}
