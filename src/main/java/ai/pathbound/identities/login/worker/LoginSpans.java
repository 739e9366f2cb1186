package ai.pathbound.identities.login.worker;

import ai.pathbound.identities.login.LogFields;
import ai.pathbound.identities.login.TraceParent;
import ai.pathbound.identities.login.connector.LoginGone;
import ai.pathbound.identities.login.session.LoginFacts;
import ai.pathbound.identities.login.session.LoginStatus;
import ai.pathbound.identities.login.store.Claim;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The worker's spans: children of the request that asked for the login, in whichever process that
 * was. They name tenant, login and status, and nothing that a person typed.
 */
@ApplicationScoped
class LoginSpans {
  private static final String STATUS = "identities.status";

  private final Tracer tracer;
  private final Vertx vertx;

  LoginSpans(Tracer tracer, Vertx vertx) {
    this.tracer = tracer;
    this.vertx = vertx;
  }

  /**
   * Does the work in a Vert.x context of the login's own, so that what is logged there and which
   * calls go out from there can be told from those of the logins beside it.
   *
   * @param asked when the queue was asked for it
   * @param claimed when the queue had answered
   */
  <T> Uni<T> follow(Claim claim, Instant asked, Instant claimed, Supplier<Uni<T>> work) {
    var own = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
    return Uni.createFrom()
        .deferred(
            () -> {
              LoginFacts facts = claim.state().facts();
              LogFields.mark(facts.tenant(), facts.session());
              // Never closed: it ends with the Vert.x context.
              TraceParent.context(claim.traceparent()).makeCurrent();
              builder(claim, "login claim").setStartTimestamp(asked).startSpan().end(claimed);
              return work.get();
            })
        .runSubscriptionOn(command -> own.runOnContext(go -> command.run()));
  }

  /** Does the work within a span that is called {@code name}. */
  <T> Uni<T> in(Claim claim, String name, Supplier<Uni<T>> work) {
    return in(claim, name, work, item -> Optional.empty());
  }

  /**
   * Does the work within a span that is called {@code name}.
   *
   * @param status the login's status after the work, where the work told it
   */
  <T> Uni<T> in(
      Claim claim,
      String name,
      Supplier<Uni<T>> work,
      Function<? super T, Optional<LoginStatus>> status) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Span span = builder(claim, name).startSpan();
              Scope scope = TraceParent.context(claim.traceparent()).with(span).makeCurrent();
              return Uni.createFrom()
                  .deferred(work::get)
                  .onTermination()
                  .invoke(
                      (item, failure, cancelled) -> {
                        scope.close();
                        if (item != null) {
                          status.apply(item).ifPresent(to -> span.setAttribute(STATUS, to.word()));
                        }
                        end(span, failure, cancelled);
                      });
            });
  }

  /** A failure's message may quote a page; its type does not. */
  private static void end(Span span, Throwable failure, boolean cancelled) {
    if (cancelled) {
      span.setStatus(StatusCode.ERROR, "out of time");
    } else if (failure != null && !(failure instanceof LoginGone)) {
      span.setStatus(StatusCode.ERROR, failure.getClass().getSimpleName());
    }
    span.end();
  }

  private SpanBuilder builder(Claim claim, String name) {
    LoginFacts facts = claim.state().facts();
    Context parent = TraceParent.context(claim.traceparent());
    return tracer
        .spanBuilder(name)
        .setParent(parent)
        .setSpanKind(SpanKind.INTERNAL)
        .setAttribute("identities.tenant", facts.tenant().value())
        .setAttribute("identities.session", facts.session().toString())
        .setAttribute(STATUS, claim.state().status().word());
  }
}
