package ai.pathbound.identities.program;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A collector of traces: takes what programs export by OTLP over HTTP, and keeps it. */
public final class TraceCollector implements AutoCloseable {
  private final List<Received> spans = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  /** Listens on a free port. */
  public TraceCollector() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  /** A span, and the program that sent it. */
  public record Received(String program, Span span) {
    String name() {
      return span.getName();
    }

    String trace() {
      return HexFormat.of().formatHex(span.getTraceId().toByteArray());
    }

    String id() {
      return HexFormat.of().formatHex(span.getSpanId().toByteArray());
    }

    String parent() {
      return HexFormat.of().formatHex(span.getParentSpanId().toByteArray());
    }

    String attribute(String name) {
      return span.getAttributesList().stream()
          .filter(attribute -> attribute.getKey().equals(name))
          .map(attribute -> attribute.getValue().getStringValue())
          .findFirst()
          .orElse("");
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody().readAllBytes());
      for (ResourceSpans of : request.getResourceSpansList()) {
        String program = program(of.getResource().getAttributesList());
        of.getScopeSpansList()
            .forEach(
                scope ->
                    scope.getSpansList().forEach(span -> spans.add(new Received(program, span))));
      }
      exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private static String program(List<KeyValue> resource) {
    return resource.stream()
        .filter(attribute -> attribute.getKey().equals("service.name"))
        .map(attribute -> attribute.getValue().getStringValue())
        .collect(Collectors.joining());
  }

  /** What makes a program of that name export to it, soon. */
  public Map<String, String> settings(String program) {
    return Map.of(
        "QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT",
        "http://localhost:" + server.getAddress().getPort(),
        "QUARKUS_OTEL_EXPORTER_OTLP_PROTOCOL",
        "http/protobuf",
        "QUARKUS_OTEL_BSP_SCHEDULE_DELAY",
        "100ms",
        "QUARKUS_OTEL_SERVICE_NAME",
        program);
  }

  /** Everything that came. */
  public List<Received> spans() {
    return List.copyOf(spans);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
