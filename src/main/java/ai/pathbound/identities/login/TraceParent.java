package ai.pathbound.identities.login;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The trace that a login belongs to, as its row holds it: the {@code traceparent} of W3C Trace
 * Context. By it one trace follows a login across the queue, from worker to worker.
 */
public final class TraceParent {
  private static final String FIELD = "traceparent";
  private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();

  private TraceParent() {}

  /**
   * That of the request under way; where it is not traced, its client's.
   *
   * @param header what the client sent, or null
   * @return null where neither is a trace
   */
  public static String current(String header) {
    Context context =
        Span.current().getSpanContext().isValid() ? Context.current() : context(header);
    Map<String, String> fields = new HashMap<>();
    W3C.inject(context, fields, Map::put);
    return fields.get(FIELD);
  }

  /** The context to go on in; that of no trace where {@code traceparent} is null or malformed. */
  public static Context context(String traceparent) {
    return W3C.extract(Context.root(), traceparent, new Getter());
  }

  /** Reads the one field there is. */
  private static final class Getter implements TextMapGetter<String> {
    @Override
    public Iterable<String> keys(String carrier) {
      return List.of(FIELD);
    }

    @Override
    public String get(String carrier, String key) {
      return FIELD.equals(key) ? carrier : null;
    }
  }
}
