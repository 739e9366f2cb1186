package ai.pathbound.identities.login.worker;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/** How many slots of this replica looks at stored sessions have, of those that logins share. */
@ApplicationScoped
class LooksInHand {
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
}
