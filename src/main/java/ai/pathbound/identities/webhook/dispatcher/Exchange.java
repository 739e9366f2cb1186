package ai.pathbound.identities.webhook.dispatcher;

import ai.pathbound.identities.webhook.store.Attempt;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;

/**
 * One request and its answer. It ends in time whatever the other side does, and can be given up;
 * then its connection is closed and nothing more is sent. The answer's body is thrown away, and one
 * that is long is not read to its end.
 */
final class Exchange {
  private static final int MOST_OF_A_BODY = 16 * 1024;

  private final Promise<Answer> done = Promise.promise();
  private final long lastMoment;
  private final LongSupplier nanoTime;
  private final Runnable sentTooLate;
  private HttpClientRequest request;
  private Answer head;
  private boolean ended;
  private boolean interrupted;
  private boolean late;
  private int read;

  /**
   * One that begins to send before {@code lastMoment} ({@link System#nanoTime}) or not at all: the
   * process may have stood still since the message was claimed, and others go by the claim's end.
   *
   * @param sentTooLate what to do where it stood still between the last look at the clock and the
   *     end of the system call, so that something may have been sent all the same
   */
  Exchange(long lastMoment, Runnable sentTooLate) {
    this(lastMoment, sentTooLate, System::nanoTime);
  }

  Exchange(long lastMoment, Runnable sentTooLate, LongSupplier nanoTime) {
    this.lastMoment = lastMoment;
    this.sentTooLate = sentTooLate;
    this.nanoTime = nanoTime;
  }

  /**
   * What came of it.
   *
   * @param status the HTTP status of the answer; empty where there was none
   * @param retryAfter the answer's {@code Retry-After}, or null
   * @param error what went wrong; empty where there was an answer
   * @param at {@link System#nanoTime} when that was known
   */
  record Answer(
      Optional<Integer> status, String retryAfter, Optional<Attempt.Error> error, long at) {
    static Answer none(Attempt.Error error) {
      return new Answer(Optional.empty(), null, Optional.of(error), System.nanoTime());
    }
  }

  /**
   * Sends {@code body} once, by the first of {@code options} that gets a connection; they differ in
   * nothing but the address.
   */
  Future<Answer> begin(
      Vertx vertx,
      HttpClient client,
      List<RequestOptions> options,
      Buffer body,
      long timeoutMillis) {
    long timer = vertx.setTimer(timeoutMillis, late -> end(Attempt.Error.TIMEOUT));
    done.future().onComplete(any -> vertx.cancelTimer(timer));
    connect(client, options.iterator(), body);
    return done.future();
  }

  private void connect(HttpClient client, Iterator<RequestOptions> options, Buffer body) {
    client
        .request(options.next())
        .onSuccess(connected -> send(connected, body))
        .onFailure(
            failure -> {
              Attempt.Error error = kind(failure);
              // Who is there, and is not who it should be, is not looked for elsewhere.
              if (error == Attempt.Error.CONNECTION_FAILED && options.hasNext() && !isOver()) {
                connect(client, options, body);
              } else {
                end(error);
              }
            });
  }

  private synchronized boolean isOver() {
    return ended;
  }

  /** Sends nothing from now on, as far as it is not sent. */
  void giveUp() {
    end(Attempt.Error.GIVEN_UP);
  }

  /**
   * The same, since this replica stops or came too late: says nothing of the endpoint, and another
   * replica sends it.
   */
  void interrupt() {
    synchronized (this) {
      interrupted |= !ended;
    }
    giveUp();
  }

  /** Whether it was interrupted before anything came of it. */
  synchronized boolean isInterrupted() {
    return interrupted && head == null;
  }

  /**
   * Runs {@code flush}, which sends what is written; not where it was given up or the time is over,
   * of which it returns false. Under the same lock as giving up: afterwards, nothing is sent.
   */
  synchronized boolean flush(Runnable flush) {
    if (head == null && (ended || isTooLate())) {
      return false;
    }
    flush.run();
    return true;
  }

  private boolean isTooLate() {
    return nanoTime.getAsLong() - lastMoment >= 0;
  }

  /** The operating system has some of it. */
  void left() {
    synchronized (this) {
      if (late || head != null || !isTooLate()) {
        return;
      }
      late = true;
    }
    sentTooLate.run();
  }

  private void send(HttpClientRequest connected, Buffer body) {
    // What fails, the answer's future tells; without a handler the log would call it an error, too.
    connected.exceptionHandler(known -> {});
    synchronized (this) {
      request = connected;
      if (ended) {
        connected.reset();
        return;
      }
    }
    SendDeadline.guard(connected.connection(), this);
    connected.send(body).onFailure(failure -> end(kind(failure))).onSuccess(this::answered);
  }

  private void answered(HttpClientResponse response) {
    synchronized (this) {
      head =
          new Answer(
              Optional.of(response.statusCode()),
              response.getHeader("Retry-After"),
              Optional.empty(),
              System.nanoTime());
    }
    response
        .handler(
            some -> {
              read += some.length();
              if (read > MOST_OF_A_BODY) {
                end(Attempt.Error.CONNECTION_FAILED);
              }
            })
        .exceptionHandler(failure -> end(kind(failure)))
        .endHandler(
            whole -> {
              synchronized (this) {
                ended = true;
              }
              done.tryComplete(head);
            });
  }

  /** However it ends: once there was a status, that is what counts. */
  private void end(Attempt.Error error) {
    HttpClientRequest open;
    Answer answer;
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      // Nobody knows what the endpoint did while the process stood still.
      interrupted |= error != Attempt.Error.GIVEN_UP && isTooLate();
      open = request;
      answer = head == null ? Answer.none(error) : head;
    }
    if (open != null) {
      open.reset();
    }
    done.tryComplete(answer);
  }

  private static Attempt.Error kind(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        return Attempt.Error.TLS_FAILED;
      }
    }
    return Attempt.Error.CONNECTION_FAILED;
  }
}
