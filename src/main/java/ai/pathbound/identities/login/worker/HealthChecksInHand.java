package ai.pathbound.identities.login.worker;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/** How many slots of this replica looks at stored sessions have, of those that logins share. */
@ApplicationScoped
class HealthChecksInHand {
  private static final int SHARE = 4;

  private final AtomicInteger looks = new AtomicInteger();

  void begin() {
    looks.incrementAndGet();
  }

  void end() {
    looks.decrementAndGet();
  }

  int howMany() {
    return looks.get();
  }

  /**
   * How many more may begin: at most a quarter of what can be done at a time (one at least), and
   * only where no login is. None where it is less than 1.
   *
   * @param atATime how many logins and looks together this replica can do: slots, or browsers where
   *     there are fewer
   * @param logins how many logins it does
   */
  int room(int atATime, int logins) {
    return Math.min(Math.max(1, atATime / SHARE), atATime - logins) - looks.get();
  }
}
