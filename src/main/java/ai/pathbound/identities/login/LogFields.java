package ai.pathbound.identities.login;

import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.tenant.CurrentCaller;
import ai.pathbound.identities.tenant.TenantId;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.Optional;
import org.jboss.logging.MDC;

/** The log fields for tenant, login and trace. */
public final class LogFields {
  private static final String SESSION = "session";
  private static final String TRACE = "traceId";

  private LogFields() {}

  /** Marks whatever is logged from now on in this Vert.x context, which must be a login's own. */
  public static void mark(TenantId tenant, SessionId session) {
    MDC.put(CurrentCaller.LOG_FIELD, tenant.value());
    mark(session);
  }

  /** Marks whatever is logged from now on in this request. */
  public static void mark(SessionId session) {
    MDC.put(SESSION, session.toString());
  }

  /** Marks whatever is logged from now on in this request with its client's trace. */
  public static void markTrace(String traceparent) {
    trace(traceparent).ifPresent(id -> MDC.put(TRACE, id));
  }

  /** Marks what {@code log} logs. */
  public static void during(TenantId tenant, SessionId session, Runnable log) {
    during(CurrentCaller.LOG_FIELD, tenant.value(), () -> during(SESSION, session.toString(), log));
  }

  /** Marks what {@code log} logs with the trace of a row, which may be null. */
  public static void during(String traceparent, Runnable log) {
    trace(traceparent).ifPresentOrElse(id -> during(TRACE, id, log), log);
  }

  private static Optional<String> trace(String traceparent) {
    return Optional.of(Span.fromContext(TraceParent.context(traceparent)).getSpanContext())
        .filter(SpanContext::isValid)
        .map(SpanContext::getTraceId);
  }

  private static void during(String field, String value, Runnable log) {
    Object before = MDC.get(field);
    MDC.put(field, value);
    try {
      log.run();
    } finally {
      if (before == null) {
        MDC.remove(field);
      } else {
        MDC.put(field, before);
      }
    }
  }
}
