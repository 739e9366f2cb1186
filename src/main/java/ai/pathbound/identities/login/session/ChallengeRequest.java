package ai.pathbound.identities.login.session;

import java.util.Optional;

/**
 * What a person asks of a challenge's page: to send again, or another challenge.
 *
 * @param other the challenge that is wanted instead; empty: the same is to be sent again
 */
public record ChallengeRequest(Optional<ChallengeKind> other) {
  /** Send again. */
  public static final ChallengeRequest RESEND = new ChallengeRequest(Optional.empty());

  /** Another challenge, please. */
  public static ChallengeRequest choosing(ChallengeKind other) {
    return new ChallengeRequest(Optional.of(other));
  }

  /** The name in SQL. */
  public String wireName() {
    return other.map(ChallengeKind::wireName).orElse("resend");
  }

  public static ChallengeRequest ofWireName(String word) {
    return word.equals(RESEND.wireName()) ? RESEND : choosing(ChallengeKind.ofWireName(word));
  }
}
