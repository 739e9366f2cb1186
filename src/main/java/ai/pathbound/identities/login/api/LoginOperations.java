package ai.pathbound.identities.login.api;

import ai.pathbound.identities.audit.Action;
import ai.pathbound.identities.audit.AuditTrail;
import ai.pathbound.identities.database.Transactions;
import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.idempotency.IdempotencyKey;
import ai.pathbound.identities.idempotency.IdempotencyKeys;
import ai.pathbound.identities.idempotency.IdempotentRequests;
import ai.pathbound.identities.idempotency.StoredResponse;
import ai.pathbound.identities.login.LoginSettings;
import ai.pathbound.identities.login.connector.LinkedInConnector;
import ai.pathbound.identities.login.session.Credentials;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.store.LoginStarts;
import ai.pathbound.identities.login.store.LoginStore;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.secret.Secret;
import ai.pathbound.identities.tenant.Caller;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The two calls that bring a login on: once per idempotency key, and held where that is preferred.
 */
@ApplicationScoped
class LoginOperations {
  private static final int OK = 200;

  private final Transactions transactions;
  private final IdempotencyKeys keys;
  private final IdempotentRequests idempotent;
  private final LoginStarts starts;
  private final LoginStore logins;
  private final LinkedInConnector connector;
  private final PreferWait preferWait;
  private final AuditTrail audit;
  private final LoginSettings settings;
  private final ObjectMapper json;

  LoginOperations(
      Transactions transactions,
      IdempotencyKeys keys,
      IdempotentRequests idempotent,
      LoginStarts starts,
      LoginStore logins,
      LinkedInConnector connector,
      PreferWait preferWait,
      AuditTrail audit,
      LoginSettings settings,
      ObjectMapper json) {
    this.transactions = transactions;
    this.keys = keys;
    this.idempotent = idempotent;
    this.starts = starts;
    this.logins = logins;
    this.connector = connector;
    this.preferWait = preferWait;
    this.audit = audit;
    this.settings = settings;
    this.json = json;
  }

  private void requireTaken(Credentials credentials) {
    if (credentials instanceof Credentials.SessionCookie && !settings.cookieLogin()) {
      throw RefusalException.of(
          RefusalException.Kind.INVALID,
          "cookie_login_unavailable",
          "This service takes no session of another browser. Send username and password, or have"
              + " its operator switch identities.linkedin.cookie-login on.");
    }
  }

  Uni<StoredResponse> start(
      Caller who,
      IdentityId identity,
      LoginBody.Valid login,
      List<String> keyHeader,
      byte[] body,
      Optional<Duration> wait,
      String traceparent) {
    login
        .country()
        .filter(country -> !connector.reaches(country))
        .ifPresent(
            country -> {
              throw country.unavailable();
            });
    login.credentials().ifPresent(this::requireTaken);
    Optional<IdempotencyKey> key =
        keys.of(who, "POST /v1/identities/" + identity + "/linkedin/login", keyHeader, body);
    LoginStarts.LoginRequest request =
        new LoginStarts.LoginRequest(
            who.tenant(),
            identity,
            login.credentials(),
            login.country(),
            login.verificationWait(),
            traceparent);
    return onceAndHeld(
        who, identity, key, wait, tx -> start(tx, who, request), this::sessionOf, this::started);
  }

  /** Begins it in {@code tx}, whatever its connector may say of it; the answer. */
  Uni<StoredResponse> start(Transaction tx, Caller who, LoginStarts.LoginRequest request) {
    return starts
        .start(tx, request)
        .call(state -> LoginAudit.write(audit, tx, who, Action.LOGIN_STARTED, state))
        .map(state -> response(started(state)));
  }

  Uni<StoredResponse> answer(
      Caller who,
      IdentityId identity,
      SessionId session,
      Secret code,
      List<String> keyHeader,
      byte[] body,
      Optional<Duration> wait) {
    Optional<IdempotencyKey> key =
        keys.of(
            who, "POST /v1/identities/" + identity + "/linkedin/code/" + session, keyHeader, body);
    return onceAndHeld(
        who,
        identity,
        key,
        wait,
        tx ->
            logins
                .answer(tx, who.tenant(), identity, session, code)
                .call(state -> LoginAudit.write(audit, tx, who, Action.CODE_GIVEN, state))
                .map(this::responseOrRefusal),
        response -> session,
        this::standing);
  }

  private LinkedInResponses.Started started(LoginSnapshot state) {
    return LinkedInResponses.Started.of(state, settings.resendAfter());
  }

  private LinkedInResponses.Standing standing(LoginSnapshot state) {
    return LinkedInResponses.Standing.of(state, settings.resendAfter());
  }

  private Uni<StoredResponse> onceAndHeld(
      Caller who,
      IdentityId identity,
      Optional<IdempotencyKey> key,
      Optional<Duration> wait,
      Function<Transaction, Uni<StoredResponse>> effect,
      Function<StoredResponse, SessionId> session,
      Function<LoginSnapshot, Object> body) {
    return transactions
        .run(tx -> idempotent.once(tx.statements(), key, () -> effect.apply(tx)))
        .invoke(kept -> kept.response().orThrow())
        .flatMap(kept -> held(who, identity, kept, key, wait, session, body));
  }

  /** Holds an answer that was not held before; a retry gets the answer that was held first. */
  private Uni<StoredResponse> held(
      Caller who,
      IdentityId identity,
      IdempotentRequests.Kept kept,
      Optional<IdempotencyKey> key,
      Optional<Duration> wait,
      Function<StoredResponse, SessionId> session,
      Function<LoginSnapshot, Object> body) {
    if (wait.isEmpty() || kept.held()) {
      return Uni.createFrom().item(kept.response());
    }
    return preferWait
        .until(
            who.tenant(),
            identity,
            session.apply(kept.response()),
            wait.get(),
            PreferWait.PERSONS_TURN)
        .map(login -> response(body.apply(login.state())))
        .flatMap(
            response ->
                key.isEmpty()
                    ? Uni.createFrom().item(response)
                    : transactions.run(
                        tx -> idempotent.hold(tx.statements(), key.get(), response)));
  }

  private StoredResponse responseOrRefusal(LoginSnapshot state) {
    return state
        .failure()
        .map(LoginOperations::refusal)
        .map(StoredResponse::refused)
        .orElseGet(() -> response(standing(state)));
  }

  private static RefusalException refusal(FailureReason reason) {
    return RefusalException.of(reason.kind(), reason.wireName(), reason.sentence());
  }

  /** Which login a call has begun. */
  SessionId sessionOf(StoredResponse response) {
    try {
      JsonNode result = json.readTree(response.body()).path("login_result");
      return SessionId.parse(result.path("session_id").asText()).orElseThrow();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer of ours is JSON", e);
    }
  }

  private StoredResponse response(Object body) {
    return StoredResponse.of(OK, null, body, json);
  }
}
