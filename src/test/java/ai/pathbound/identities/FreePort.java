package ai.pathbound.identities;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A port that nobody listens on, and that the system gives to no outgoing connection either, as it
 * may do with the ones of {@code new ServerSocket(0)}: a server can be started on it later, and
 * stopped and started again, and a client that calls while it is down does not reach itself. The
 * test processes of a build draw from ranges of their own, and a range is gone through before a
 * port is given again.
 */
public final class FreePort {
  // Below every system's range for outgoing connections; Linux begins at 32768 (ip(7)).
  private static final int FIRST = 20_000;
  private static final int OF_A_PROCESS = 1_000;
  private static final int PROCESSES = 10;

  private static final int BEGIN =
      FIRST + Integer.getInteger("test.process", 0) % PROCESSES * OF_A_PROCESS;
  // Not where the last run began, whose servers may be about to end.
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(OF_A_PROCESS));

  private FreePort() {}

  /** One of them. */
  public static int any() {
    while (true) {
      int port = BEGIN + NEXT.getAndIncrement() % OF_A_PROCESS;
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getByName("0.0.0.0"))) {
        return free.getLocalPort();
      } catch (IOException e) {
        // Taken: try the next one.
        continue;
      }
    }
  }
}
