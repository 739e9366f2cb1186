package ai.pathbound.identities.login.session;

import java.util.List;
import java.util.Optional;

/**
 * What LinkedIn's page says and offers beside its question.
 *
 * @param sentTo where it says that its code or message went
 * @param alternatives the other challenges that it offers, each once, in the order of the kinds
 * @param canResend whether it offers to send again
 */
public record ChallengeOptions(
    Optional<SentTo> sentTo, List<ChallengeKind> alternatives, boolean canResend) {
  /** Of a page that offers nothing. */
  public static final ChallengeOptions NONE =
      new ChallengeOptions(Optional.empty(), List.of(), false);

  /** Brings the alternatives into one order: two looks at one page are equal. */
  public ChallengeOptions {
    alternatives =
        alternatives.size() < 2
            ? List.copyOf(alternatives)
            : alternatives.stream().distinct().sorted().toList();
  }
}
