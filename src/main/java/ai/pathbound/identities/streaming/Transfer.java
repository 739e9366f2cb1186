package ai.pathbound.identities.streaming;

import ai.pathbound.identities.problem.RefusalException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * One long body on its way to one client. It ends once, in one of {@link End}'s ways; one that does
 * not end well never looks like a shorter body. All of it happens in the request's context.
 */
final class Transfer {
  /** HTTP/2's INTERNAL_ERROR (RFC 9113, section 7). */
  private static final long INTERNAL_ERROR = 2;

  /** How a transfer ends. */
  enum End {
    /** The client has taken all of it. */
    COMPLETE,
    /** No place was free in time: 429. */
    REFUSED,
    /** The client went away. */
    HANG_UP,
    /** The client took longer than the patience lasts. */
    TOO_SLOW,
    /** The replica stops, and the client had not taken all of it. */
    STOPPED,
    /** Something failed on our side, or the database's. */
    FAILED
  }

  /**
   * What ended, and why.
   *
   * @param how in which way
   * @param failure what went wrong; null where nothing did
   * @param answerable whether the client can still be told: no byte of the body was sent
   */
  record Ended(End how, Throwable failure, boolean answerable) {}

  private final LongBody body;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Vertx vertx;
  private final Consumer<Ended> whoWaits;
  private final Context context = Vertx.currentContext();

  private Cancellable work = () -> {};
  private long timer;
  private volatile boolean over;

  Transfer(LongBody body, HttpServerRequest request, Vertx vertx, Consumer<Ended> whoWaits) {
    this.body = body;
    this.request = request;
    this.response = request.response();
    this.vertx = vertx;
    this.whoWaits = whoWaits;
  }

  /** Begins it: waits for a place for so long, then sends for so long. */
  void start(TransferPlaces places, Duration longestWait, Duration patience) {
    if (response.closed()) {
      end(End.HANG_UP, null);
      return;
    }
    response.closeHandler(gone -> end(End.HANG_UP, null));
    timer = vertx.setTimer(longestWait.toMillis(), late -> end(End.REFUSED, noPlace(longestWait)));
    Cancellable begun =
        places
            .within(body.tenant(), () -> send(patience))
            .subscribe()
            .with(sent -> end(End.COMPLETE, null), failure -> end(End.FAILED, failure));
    if (!over) {
      work = begun;
    }
  }

  /** Breaks it off, if it has begun; on any thread. */
  void stop() {
    context.runOnContext(
        here -> {
          if (response.headWritten()) {
            end(End.STOPPED, new CancellationException());
          }
        });
  }

  /** Whether it has ended; on any thread. */
  boolean isOver() {
    return over;
  }

  private Uni<Void> send(Duration patience) {
    vertx.cancelTimer(timer);
    timer = vertx.setTimer(patience.toMillis(), late -> end(End.TOO_SLOW, new TimeoutException()));
    return body.pieces().onItem().transformToUniAndConcatenate(this::write).collect().last();
  }

  /** Ends when the piece has left for the network: what the client does not read, waits here. */
  private Uni<Void> write(byte[] piece) {
    return Uni.createFrom()
        .completionStage(
            () -> {
              if (!response.headWritten()) {
                response.setChunked(true);
              }
              return response.write(Buffer.buffer(piece)).toCompletionStage();
            })
        .onFailure()
        .recoverWithUni(
            broken -> {
              end(End.HANG_UP, null);
              return Uni.createFrom().nothing();
            });
  }

  private void end(End how, Throwable failure) {
    if (over) {
      return;
    }
    over = true;
    vertx.cancelTimer(timer);
    work.cancel();
    boolean answerable = failure != null && !response.headWritten();
    if (how == End.COMPLETE) {
      response.end();
      if (request.version() == HttpVersion.HTTP_1_0) {
        // It knows no chunks: there the body ends with the connection.
        request.connection().close();
      }
    } else if (failure != null && !answerable) {
      breakOff();
    }
    whoWaits.accept(new Ended(how, failure, answerable));
  }

  /**
   * Resets the stream, or the connection where it has no streams. At the connection's head, and
   * without waiting for what a client that does not read has not taken: HTTP/1.0 and TLS could take
   * an orderly goodbye for the end of the body.
   */
  private void breakOff() {
    if (request.version() == HttpVersion.HTTP_2) {
      response.reset(INTERNAL_ERROR);
      return;
    }
    Channel channel = ((ConnectionBase) request.connection()).channel();
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    channel.pipeline().firstContext().close();
  }

  private static RefusalException noPlace(Duration wait) {
    return RefusalException.of(
            RefusalException.Kind.TOO_MANY,
            "too_many_lists",
            "As many long lists are being read as this service sends at a time; wait as Retry-After"
                + " says, or ask for pages with limit.")
        .retryAfter(wait);
  }
}
