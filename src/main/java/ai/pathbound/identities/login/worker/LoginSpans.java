package ai.pathbound.identities.login.worker;

import ai.pathbound.identities.login.LogFields;
import ai.pathbound.identities.login.TraceParent;
import ai.pathbound.identities.login.connector.LoginLostException;
import ai.pathbound.identities.login.session.LoginFacts;
import ai.pathbound.identities.login.session.LoginStatus;
import ai.pathbound.identities.login.store.Claim;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
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
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The worker's spans: children of the request that asked for the login, in whichever process that
 * was. They name tenant, login and status, and nothing that a person typed.
 */
@ApplicationScoped
class LoginSpans {
  private static final String STATUS = "identities.status";

  private final Tracer tracer;
  private final Vertx vertx;

  LoginSpans(
      Tracer tracer,
      @ConfigProperty(name = "quarkus.otel.sdk.disabled", defaultValue = "false") boolean off,
      Vertx vertx) {
    // A disabled SDK still generates ids, which would appear in the log and lead nowhere.
    this.tracer = off ? TracerProvider.noop().get("") : tracer;
    this.vertx = vertx;
  }

  /**
   * Runs the work in a Vert.x context of the login's own, so that its log lines and outgoing calls
   * belong to this login alone.
   *
   * @param asked when the queue was asked for it
   * @param claimed when the queue had answered
   */
  <T> Uni<T> follow(Claim claim, Instant asked, Instant claimed, Supplier<Uni<T>> work) {
    return apart(
        Uni.createFrom()
            .deferred(
                () -> {
                  LoginFacts facts = claim.state().facts();
                  LogFields.mark(facts.tenant(), facts.session());
                  // Never closed: it ends with the Vert.x context.
                  enter(TraceParent.context(claim.traceparent()));
                  builder(claim, "login claim").setStartTimestamp(asked).startSpan().end(claimed);
                  return work.get();
                }));
  }

  /**
   * Does the work in a Vert.x context of its own. In one that is shared, such as that in which a
   * notification arrives, the fields of the log are lost.
   */
  <T> Uni<T> apart(Uni<T> work) {
    var own = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
    return work.runSubscriptionOn(command -> own.runOnContext(go -> command.run()));
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
              Scope scope = enter(TraceParent.context(claim.traceparent()).with(span));
              return Uni.createFrom()
                  .deferred(work::get)
                  .onTermination()
                  .invoke(
                      (item, failure, cancelled) -> {
                        scope.close();
                        if (item != null) {
                          status
                              .apply(item)
                              .ifPresent(to -> span.setAttribute(STATUS, to.wireName()));
                        }
                        end(span, failure, cancelled);
                      });
            });
  }

  /** Without a trace no context is entered: its id, all zeros, would appear in the log. */
  private static Scope enter(Context context) {
    return Span.fromContext(context).getSpanContext().isValid()
        ? context.makeCurrent()
        : Scope.noop();
  }

  /** A failure's message may quote a page; its type does not. */
  private static void end(Span span, Throwable failure, boolean cancelled) {
    if (cancelled) {
      span.setStatus(StatusCode.ERROR, "out of time");
    } else if (failure != null && !(failure instanceof LoginLostException)) {
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
        .setAttribute(STATUS, claim.state().status().wireName());
  }
}
