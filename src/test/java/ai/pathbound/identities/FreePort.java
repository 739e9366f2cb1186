package ai.pathbound.identities;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port that nobody listens on, and that the system gives to no outgoing connection either, as it
 * may do with the ones of {@code new ServerSocket(0)}: a server can be started on it later, and
 * stopped and started again, and a client that calls while it is down does not reach itself.
 */
public final class FreePort {
  // Below every system's range for outgoing connections; Linux begins at 32768 (ip(7)).
  private static final int FIRST = 20_000;
  private static final int LAST = 30_000;

  private FreePort() {}

  /** One of them. */
  public static int any() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getByName("0.0.0.0"))) {
        return free.getLocalPort();
      } catch (IOException e) {
        // Taken: try the next one.
        continue;
      }
    }
  }
}
