package ai.pathbound.identities.login.api;

import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.problem.RefusalException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The challenge that is wanted in the place of the present one.
 *
 * @param kind one of the challenge's {@code alternatives}
 */
@RegisterForReflection
record ChallengeBody(String kind) {
  private static final String KINDS =
      Arrays.stream(ChallengeKind.values())
          .map(ChallengeKind::wireName)
          .collect(Collectors.joining(", "));

  /** The kind; refuses what is none. */
  ChallengeKind require() {
    if (kind == null) {
      throw RefusalException.invalid("kind", "is required");
    }
    return ChallengeKind.named(kind)
        .orElseThrow(() -> RefusalException.invalid("kind", "must be one of " + KINDS));
  }
}
