package ai.pathbound.identities.login.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far the person's part of a login has come. The clock starts with the first challenge and is
 * never set back; codes and resends count across challenges.
 *
 * @param codesUsed how many codes were accepted so far, 0 to {@value #MAX_CODES}
 * @param expiresAt when the person's time is over; empty before the first challenge
 * @param resends how often LinkedIn was asked to send again, 0 to {@value #MAX_RESENDS}
 * @param sentAt when LinkedIn last sent, or was last asked to; empty where it sent nothing
 */
public record Verification(
    int codesUsed, Optional<Instant> expiresAt, int resends, Optional<Instant> sentAt) {
  /** How many codes one login may try. */
  public static final int MAX_CODES = 5;

  /** How often one login may ask LinkedIn to send again. */
  public static final int MAX_RESENDS = 3;

  /** No challenge yet. */
  public static final Verification NONE =
      new Verification(0, Optional.empty(), 0, Optional.empty());

  Verification raised(Instant now, Duration wait) {
    return expiresAt.isPresent()
        ? this
        : new Verification(codesUsed, Optional.of(now.plus(wait)), resends, sentAt);
  }

  Verification codeUsed() {
    return new Verification(codesUsed + 1, expiresAt, resends, sentAt);
  }

  /** LinkedIn sent something just now. */
  Verification sent(Instant now) {
    return new Verification(codesUsed, expiresAt, resends, Optional.of(now));
  }

  /** What LinkedIn sent is not what it asks for any more. */
  Verification replaced() {
    return new Verification(codesUsed, expiresAt, resends, Optional.empty());
  }

  Verification resendAsked(Instant now) {
    return new Verification(codesUsed, expiresAt, resends + 1, Optional.of(now));
  }

  /** Whether the person's time is over at {@code now}. */
  public boolean isOver(Instant now) {
    return expiresAt.isPresent() && !now.isBefore(expiresAt.get());
  }

  /** How many codes are left. */
  public int attemptsRemaining() {
    return MAX_CODES - codesUsed;
  }

  /** Whether LinkedIn was asked to send again as often as one login may. */
  public boolean resendsUsedUp() {
    return resends >= MAX_RESENDS;
  }

  /**
   * From when on LinkedIn may be asked to send again; empty where the page does not offer it, or no
   * resend is left.
   */
  Optional<Instant> resendAt(ChallengeOptions options, Duration after) {
    return options.canResend() && !resendsUsedUp()
        ? Optional.of(sentAt.orElse(Instant.EPOCH).plus(after))
        : Optional.empty();
  }
}
