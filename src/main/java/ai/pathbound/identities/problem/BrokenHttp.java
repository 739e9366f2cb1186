package ai.pathbound.identities.problem;

import io.vertx.core.http.HttpClosedException;
import java.util.Arrays;

/**
 * A request whose body the HTTP decoder cannot take apart (RFC 9112, section 7.1), or that breaks
 * off: the client's fault, not ours.
 */
final class BrokenHttp {
  static final RefusalException REFUSAL =
      RefusalException.invalid("body", "is not sent as HTTP/1.1 says: its chunks cannot be read");

  private static final String DECODER = "io.netty.handler.codec.http.HttpObjectDecoder";

  private BrokenHttp() {}

  static boolean is(Throwable failure) {
    return failure instanceof HttpClosedException
        || failure != null
            && Arrays.stream(failure.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(DECODER));
  }
}
