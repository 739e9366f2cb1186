package ai.pathbound.identities.id;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes UUIDv7 (RFC 9562, section 5.7) that grow within one process even inside a millisecond, so
 * that the order of ids is the order of creation.
 */
@ApplicationScoped
public class Ids {
  private static final int COUNTER_BITS = 12;
  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final AtomicLong last = new AtomicLong();

  public Ids(Clock clock) {
    this.clock = clock;
  }

  /** A new identity's id. */
  public IdentityId identity() {
    return new IdentityId(next());
  }

  /** A new LinkedIn profile's id. */
  public ProfileId profile() {
    return new ProfileId(next());
  }

  /** A new login session's id. */
  public SessionId session() {
    return new SessionId(next());
  }

  /** A new id of an event of the audit trail. */
  public AuditEventId auditEvent() {
    return new AuditEventId(next());
  }

  /** A new webhook endpoint's id. */
  public EndpointId endpoint() {
    return new EndpointId(next());
  }

  /** A new webhook message's id. */
  public MessageId message() {
    return new MessageId(next());
  }

  /** A new connect link's id. */
  public LinkId link() {
    return new LinkId(next());
  }

  private UUID next() {
    long earliest = clock.millis() << COUNTER_BITS;
    // The counter of RFC 9562, section 6.2, method 1: it overflows into the milliseconds.
    long tick = last.updateAndGet(before -> Math.max(before + 1, earliest));
    long high = (tick >>> COUNTER_BITS) << 16 | VERSION_7 | (tick & ((1L << COUNTER_BITS) - 1));
    return new UUID(high, VARIANT | (random.nextLong() >>> 2));
  }
}
