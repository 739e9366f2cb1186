package ai.pathbound.identities.login.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far the person's part of a login has come. The clock starts with the first challenge and is
 * never set back; codes count across challenges.
 *
 * @param codesUsed how many codes were accepted so far, 0 to {@value #MAX_CODES}
 * @param expiresAt when the person's time is over; empty before the first challenge
 */
public record Verification(int codesUsed, Optional<Instant> expiresAt) {
  /** How many codes one login may try. */
  public static final int MAX_CODES = 5;

  /** No challenge yet. */
  public static final Verification NONE = new Verification(0, Optional.empty());

  Verification raised(Instant now, Duration wait) {
    return expiresAt.isPresent() ? this : new Verification(codesUsed, Optional.of(now.plus(wait)));
  }

  Verification codeUsed() {
    return new Verification(codesUsed + 1, expiresAt);
  }

  /** Whether the person's time is over at {@code now}. */
  public boolean isOver(Instant now) {
    return expiresAt.isPresent() && !now.isBefore(expiresAt.get());
  }

  /** How many codes are left. */
  public int attemptsRemaining() {
    return MAX_CODES - codesUsed;
  }
}
