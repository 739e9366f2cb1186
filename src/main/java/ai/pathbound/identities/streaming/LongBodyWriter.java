package ai.pathbound.identities.streaming;

import ai.pathbound.identities.database.DatabaseSettings;
import ai.pathbound.identities.problem.LateFailures;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Locale;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Sends what a call answers as a {@link LongBody}. A HEAD never comes here, so that nothing is done
 * for a body that no client gets.
 */
@Provider
public class LongBodyWriter implements ServerMessageBodyWriter<LongBody> {
  private static final Logger LOG = Logger.getLogger(LongBodyWriter.class);
  private static final String JSON = MediaType.APPLICATION_JSON + ";charset=UTF-8";

  private final TransferPlaces places;
  private final TransferStop stop;
  private final ListSettings settings;
  private final DatabaseSettings database;
  private final LateFailures failures;
  private final MeterRegistry metrics;
  private final Vertx vertx;

  LongBodyWriter(
      TransferPlaces places,
      TransferStop stop,
      ListSettings settings,
      DatabaseSettings database,
      LateFailures failures,
      MeterRegistry metrics,
      Vertx vertx) {
    this.places = places;
    this.stop = stop;
    this.settings = settings;
    this.database = database;
    this.failures = failures;
    this.metrics = metrics;
    this.vertx = vertx;
    for (Transfer.End how : Transfer.End.values()) {
      count(how, 0);
    }
  }

  @Override
  public boolean isWriteable(
      Class<?> type, Type generic, ResteasyReactiveResourceInfo target, MediaType media) {
    return type == LongBody.class;
  }

  @Override
  public boolean isWriteable(
      Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
    return type == LongBody.class;
  }

  @Override
  public void writeResponse(LongBody body, Type generic, ServerRequestContext context) {
    ResteasyReactiveRequestContext call = (ResteasyReactiveRequestContext) context;
    call.suspend();
    call.serverResponse().setResponseHeader(HttpHeaders.CONTENT_TYPE, JSON);
    HttpServerRequest request = call.unwrap(HttpServerRequest.class);
    Transfer transfer = new Transfer(body, request, vertx, ended -> ended(ended, call, request));
    stop.begins(transfer);
    transfer.start(places, database.patience(), settings.patience());
  }

  private void ended(
      Transfer.Ended ended, ResteasyReactiveRequestContext call, HttpServerRequest request) {
    count(ended.how(), 1);
    stop.forgetEnded();
    if (ended.answerable()) {
      // What was prepared for the body that does not come.
      call.serverResponse().setPreCommitListener(null);
      call.resume(ended.failure(), true);
      return;
    }
    if (ended.how() == Transfer.End.TOO_SLOW) {
      LOG.infof(
          "A list was broken off: its reader took more than identities.lists.patience, %s",
          settings.patience());
    } else if (ended.how() == Transfer.End.STOPPED) {
      LOG.info("A list was broken off: this replica stops, and its reader had not taken all of it");
    } else if (ended.failure() != null) {
      failures.tell(ended.failure(), request.method().name(), request.path());
    }
    call.close();
  }

  private void count(Transfer.End how, int more) {
    metrics.counter("identities.lists", "end", how.name().toLowerCase(Locale.ROOT)).increment(more);
  }

  @Override
  public void writeTo(
      LongBody body,
      Class<?> type,
      Type generic,
      Annotation[] annotations,
      MediaType media,
      MultivaluedMap<String, Object> headers,
      OutputStream out) {
    throw new UnsupportedOperationException("a long body is never written to a stream that blocks");
  }
}
