package ai.pathbound.identities.login.api;

import ai.pathbound.identities.audit.Action;
import ai.pathbound.identities.audit.Actor;
import ai.pathbound.identities.audit.AuditTrail;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.idempotency.Answer;
import ai.pathbound.identities.idempotency.IdempotencyKey;
import ai.pathbound.identities.idempotency.IdempotentCalls;
import ai.pathbound.identities.idempotency.Statements;
import ai.pathbound.identities.login.connector.LinkedInConnector;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.StoredState;
import ai.pathbound.identities.login.store.LoginStarts;
import ai.pathbound.identities.login.store.LoginStore;
import ai.pathbound.identities.login.store.Transactions;
import ai.pathbound.identities.login.store.Transactions.Transaction;
import ai.pathbound.identities.problem.Refusal;
import ai.pathbound.identities.secret.Secret;
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
 * The two calls that change a login: once per idempotency key, and held where that is preferred.
 */
@ApplicationScoped
class LoginCalls {
  private static final int OK = 200;

  private final Transactions transactions;
  private final IdempotentCalls idempotent;
  private final LoginStarts starts;
  private final LoginStore logins;
  private final LinkedInConnector connector;
  private final Waiting waiting;
  private final AuditTrail audit;
  private final ObjectMapper json;

  LoginCalls(
      Transactions transactions,
      IdempotentCalls idempotent,
      LoginStarts starts,
      LoginStore logins,
      LinkedInConnector connector,
      Waiting waiting,
      AuditTrail audit,
      ObjectMapper json) {
    this.transactions = transactions;
    this.idempotent = idempotent;
    this.starts = starts;
    this.logins = logins;
    this.connector = connector;
    this.waiting = waiting;
    this.audit = audit;
    this.json = json;
  }

  Uni<Answer> start(
      Actor who,
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
              throw Refusal.of(
                  Refusal.Kind.INVALID,
                  "country_unavailable",
                  "There is no way out to LinkedIn from "
                      + country
                      + " here. Choose another country, or ask the operator for one.");
            });
    Optional<IdempotencyKey> key =
        IdempotencyKey.of(
            who.caller(), "POST /v1/identities/" + identity + "/linkedin/login", keyHeader, body);
    LoginStarts.Request request =
        new LoginStarts.Request(
            who.tenant(),
            identity,
            login.username(),
            login.password(),
            login.country(),
            login.verificationWait(),
            traceparent);
    return once(
            key,
            tx ->
                starts
                    .start(tx, request)
                    .call(state -> record(tx, who, Action.LOGIN_STARTED, state))
                    .map(state -> answer(LinkedInAnswers.Started.of(state))))
        .flatMap(
            kept ->
                held(who, identity, kept, key, wait, this::sessionOf, LinkedInAnswers.Started::of));
  }

  Uni<Answer> answer(
      Actor who,
      IdentityId identity,
      SessionId session,
      Secret code,
      List<String> keyHeader,
      byte[] body,
      Optional<Duration> wait) {
    Optional<IdempotencyKey> key =
        IdempotencyKey.of(
            who.caller(),
            "POST /v1/identities/" + identity + "/linkedin/code/" + session,
            keyHeader,
            body);
    return once(
            key,
            tx ->
                logins
                    .answer(tx, who.tenant(), identity, session, code)
                    .call(state -> record(tx, who, Action.CODE_GIVEN, state))
                    .map(this::answerOrRefusal))
        .flatMap(
            kept ->
                held(
                    who,
                    identity,
                    kept,
                    key,
                    wait,
                    answer -> session,
                    LinkedInAnswers.Standing::of));
  }

  private Uni<Void> record(Transaction tx, Actor who, Action action, StoredState state) {
    return audit.write(
        Statements.in(tx.connection()),
        who,
        action,
        state.facts().identity(),
        state.facts().session(),
        state.failure().map(FailureReason::word).orElse(AuditTrail.SUCCESS));
  }

  private Uni<IdempotentCalls.Kept> once(
      Optional<IdempotencyKey> key, Function<Transaction, Uni<Answer>> effect) {
    return transactions
        .run(tx -> idempotent.once(Statements.in(tx.connection()), key, () -> effect.apply(tx)))
        .invoke(kept -> kept.answer().orThrow());
  }

  /** Holds an answer that was not held before; a retry gets the answer that was held first. */
  private Uni<Answer> held(
      Actor who,
      IdentityId identity,
      IdempotentCalls.Kept kept,
      Optional<IdempotencyKey> key,
      Optional<Duration> wait,
      Function<Answer, SessionId> session,
      Function<StoredState, Object> body) {
    if (wait.isEmpty() || kept.held()) {
      return Uni.createFrom().item(kept.answer());
    }
    return waiting
        .until(who.tenant(), identity, session.apply(kept.answer()), wait.get())
        .map(state -> answer(body.apply(state)))
        .flatMap(
            answer ->
                key.isEmpty()
                    ? Uni.createFrom().item(answer)
                    : transactions.run(
                        tx -> idempotent.hold(Statements.in(tx.connection()), key.get(), answer)));
  }

  private Answer answerOrRefusal(StoredState state) {
    return state
        .failure()
        .map(LoginCalls::refusal)
        .map(Answer::refused)
        .orElseGet(() -> answer(LinkedInAnswers.Standing.of(state)));
  }

  private static Refusal refusal(FailureReason reason) {
    return Refusal.of(reason.kind(), reason.word(), reason.sentence());
  }

  private SessionId sessionOf(Answer answer) {
    try {
      JsonNode result = json.readTree(answer.body()).path("login_result");
      return SessionId.parse(result.path("session_id").asText()).orElseThrow();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer of ours is JSON", e);
    }
  }

  private Answer answer(Object body) {
    try {
      return Answer.of(OK, null, json.writeValueAsString(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of texts and times is always JSON", e);
    }
  }
}
