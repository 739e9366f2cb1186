package ai.pathbound.identities.login.api;

import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.store.LoginSignals;
import ai.pathbound.identities.login.store.LoginStore.VersionedLogin;
import ai.pathbound.identities.login.store.LoginVersions.LoginKey;
import ai.pathbound.identities.problem.RefusalException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * One stream of server-sent events (WHATWG HTML, section 9.2): how a login stands, then each
 * version that follows, until its terminal one. Whatever it does it does on its request's own
 * context, so that it needs no lock. It has no timer: {@link LiveStreams} tells it the time.
 *
 * <p>What a client does not read waits in memory, and is little: a login has some dozens of
 * versions, a stream's life some dozens of comments.
 */
final class LiveStream {
  private static final Logger LOG = Logger.getLogger(LiveStream.class);
  private static final Duration COMMENT_EVERY = Duration.ofSeconds(15);
  private static final String COMMENT = ":\n\n";
  private static final String RETRY = "retry: 2000\n";

  /**
   * What a stream shows and until when.
   *
   * @param login which login
   * @param ends when it ends at the latest
   * @param look asks how the login stands; refuses with {@code not_found} once it is gone
   * @param body the body of a poll, in one line
   */
  record Subject(
      LoginKey login,
      Instant ends,
      Supplier<Uni<VersionedLogin>> look,
      Function<LoginSnapshot, String> body) {}

  private final Subject subject;
  private final HttpServerResponse response;
  private final Context context;
  private final LoginSignals signals;
  private volatile Instant commented;
  private volatile long shown;
  private volatile LoginSignals.Subscription subscription = () -> {};
  // Shown once and then forgotten: thousands of streams hold thousands of these.
  private VersionedLogin first;
  private boolean looking;
  private boolean lookAgain;
  private volatile boolean ended;

  /** Of {@code subject}, which stands as {@code first} says. */
  LiveStream(
      Subject subject,
      VersionedLogin first,
      HttpServerResponse response,
      Context context,
      LoginSignals signals,
      Instant now) {
    this.subject = subject;
    this.first = first;
    this.response = response;
    this.context = context;
    this.signals = signals;
    this.commented = now;
  }

  LoginKey login() {
    return subject.login();
  }

  /** Whether the answer is over; on any thread. */
  boolean isOver() {
    return response.ended() || response.closed();
  }

  /** Begins to write, once the answer's head is ready. */
  void begin() {
    if (ended || isOver()) {
      return;
    }
    response.setChunked(true);
    subscription = signals.onChange(login().session(), this::changed);
    if (ended) {
      // It was released meanwhile, by another thread, which saw no subscription to close.
      subscription.close();
      return;
    }
    show(first, RETRY);
    first = null;
    // What came between the first look and the subscription.
    look();
  }

  /** The login may have changed, or this replica stops; on any thread. */
  void changed() {
    context.runOnContext(
        here -> {
          if (signals.isStopping()) {
            end();
          } else {
            look();
          }
        });
  }

  /** That is the newest version, or null where the login is gone; on any thread. */
  void newest(Long version) {
    if (version == null || version > shown) {
      changed();
    }
  }

  /** It is {@code now}; on any thread, but one at a time. */
  void tick(Instant now) {
    if (!now.isBefore(subject.ends())) {
      context.runOnContext(here -> end());
    } else if (Duration.between(commented, now).abs().compareTo(COMMENT_EVERY) >= 0) {
      // Also after the clock was set back, or it would be silent for as long.
      commented = now;
      context.runOnContext(here -> write(COMMENT));
    }
  }

  private void look() {
    if (ended) {
      return;
    }
    if (looking) {
      lookAgain = true;
      return;
    }
    looking = true;
    subject.look().get().subscribe().with(this::found, this::failed);
  }

  private void found(VersionedLogin login) {
    looking = false;
    show(login, "");
    if (lookAgain) {
      lookAgain = false;
      look();
    }
  }

  private void failed(Throwable failure) {
    looking = false;
    lookAgain = false;
    if (failure instanceof RefusalException) {
      // Its identity was deleted: who asks again is told so.
      end();
    } else {
      // The database is away: the comparison of versions finds later what is missing here.
      LOG.debugf("a stream could not look: %s", failure);
    }
  }

  private void show(VersionedLogin login, String before) {
    if (login.version() <= shown) {
      return;
    }
    shown = login.version();
    write(
        before
            + "id: "
            + login.version()
            + "\nevent: login\ndata: "
            + subject.body().apply(login.state())
            + "\n\n");
    if (login.state().status().isTerminal() || signals.isStopping()) {
      end();
    }
  }

  private void write(String text) {
    if (!ended) {
      // A failure is the connection's end, which is told apart from this.
      response.write(text);
    }
  }

  private void end() {
    if (!ended) {
      release();
      response.end();
    }
  }

  /** The answer is over, by whomever: leaves nothing behind; on any thread. */
  void release() {
    ended = true;
    subscription.close();
  }
}
