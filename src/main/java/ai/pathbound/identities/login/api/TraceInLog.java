package ai.pathbound.identities.login.api;

import ai.pathbound.identities.login.LogFields;
import io.opentelemetry.api.trace.Span;
import io.vertx.core.http.HttpServerRequest;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Lets the log name the trace of a request, also where no spans are made. */
public class TraceInLog {
  /** Takes the client's trace where there is no span of our own. */
  @ServerRequestFilter(preMatching = true)
  public void mark(HttpServerRequest request) {
    String traceparent = request.getHeader("traceparent");
    if (traceparent != null && !Span.current().getSpanContext().isValid()) {
      LogFields.markTrace(traceparent);
    }
  }
}
