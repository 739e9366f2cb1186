package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.connect.link.StoredLink;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.problem.RefusalException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Why credentials were not taken. */
final class CredentialsProblems {
  private static final int USERNAME_LENGTH = 320;
  private static final int PASSWORD_LENGTH = 1024;

  private CredentialsProblems() {}

  /** What is wrong with what was typed, if anything is. */
  static Optional<FormProblem> of(String username, String password) {
    Set<String> missing = new HashSet<>();
    Set<String> tooLong = new HashSet<>();
    look(FormProblem.USERNAME, username, USERNAME_LENGTH, missing, tooLong);
    look(FormProblem.PASSWORD, password, PASSWORD_LENGTH, missing, tooLong);
    if (!missing.isEmpty()) {
      return Optional.of(FormProblem.of(Texts::credentialsMissing).in(missing));
    }
    return tooLong.isEmpty()
        ? Optional.empty()
        : Optional.of(FormProblem.of(Texts::credentialsTooLong).in(tooLong));
  }

  private static void look(
      String field, String value, int longest, Set<String> missing, Set<String> tooLong) {
    if (value.isEmpty()) {
      missing.add(field);
    } else if (value.length() > longest) {
      tooLong.add(field);
    }
  }

  /** Why the account must wait, and for how long; and where the link ends before that. */
  static FormProblem tooMany(RefusalException refusal, StoredLink link) {
    Duration wait = refusal.retryAfter().orElse(Duration.ofMinutes(1));
    // Rounded up: who comes back then is not sent away again.
    long minutes = wait.plusSeconds(59).toMinutes();
    boolean over = link.facts().isOver(link.now().plus(wait));
    Function<Texts, String> why = why(refusal, minutes);
    return FormProblem.of(
        texts -> over ? why.apply(texts) + " " + texts.credentialsLinkEnds() : why.apply(texts));
  }

  private static Function<Texts, String> why(RefusalException refusal, long minutes) {
    Optional<String> reason = refusal.reason();
    if (reason.equals(Optional.of(FailureReason.ACCOUNT_LOCKED.wireName()))) {
      return texts -> texts.credentialsLocked(minutes);
    }
    if (reason.equals(Optional.of(FailureReason.CREDENTIALS_REJECTED.wireName()))) {
      return texts -> texts.credentialsResting(minutes);
    }
    return texts -> texts.credentialsTooMany(minutes);
  }
}
