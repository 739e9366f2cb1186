package ai.pathbound.identities.login.api;

import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginFacts;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.session.SentTo;
import ai.pathbound.identities.problem.HttpStatuses;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a login stands; the same object in every LinkedIn call.
 *
 * @param challenge what LinkedIn asks for; null unless awaiting
 * @param error why it failed, for a person; null unless failed
 * @param errorCode why it failed, for a program; null unless failed
 * @param errorStatus the status code that goes with it; null unless failed
 * @param updatedAt when its state was entered
 */
@RegisterForReflection
record LoginResult(
    @JsonProperty("profile_id") String profileId,
    @JsonProperty("session_id") String sessionId,
    String status,
    Challenge challenge,
    String error,
    @JsonProperty("error_code") String errorCode,
    @JsonProperty("error_status") Integer errorStatus,
    @JsonProperty("created_at") Instant createdAt,
    @JsonProperty("updated_at") Instant updatedAt) {
  private static final String WRONG_CODE =
      "LinkedIn did not accept that code. Enter the newest one.";

  /**
   * What LinkedIn asks of the person.
   *
   * @param attemptsRemaining how many codes this login may still try
   * @param expiresAt when the person's time is over
   * @param error what was wrong with the last answer, for a person; else null
   * @param sentTo where LinkedIn says that it sent its code or message, masked; else null
   * @param alternatives the other challenges that its page offers
   * @param canResend whether it can be asked to send again
   * @param resendAt from when on; null where it cannot
   */
  @RegisterForReflection
  record Challenge(
      String kind,
      @JsonProperty("attempts_remaining") int attemptsRemaining,
      @JsonProperty("expires_at") Instant expiresAt,
      String error,
      @JsonProperty("sent_to") String sentTo,
      List<String> alternatives,
      @JsonProperty("can_resend") boolean canResend,
      @JsonProperty("resend_at") Instant resendAt) {}

  /**
   * How a login stands.
   *
   * @param resendAfter how long after LinkedIn last sent it may be asked to send again
   */
  static LoginResult of(LoginSnapshot state, Duration resendAfter) {
    LoginFacts facts = state.facts();
    Optional<FailureReason> failure = state.failure();
    return new LoginResult(
        facts.profile().toString(),
        facts.session().toString(),
        state.status().wireName(),
        state.challenge().map(kind -> challenge(state, kind, resendAfter)).orElse(null),
        failure.map(FailureReason::sentence).orElse(null),
        failure.map(FailureReason::wireName).orElse(null),
        failure.map(reason -> HttpStatuses.of(reason.kind())).orElse(null),
        facts.createdAt(),
        state.updatedAt());
  }

  private static Challenge challenge(
      LoginSnapshot state, ChallengeKind kind, Duration resendAfter) {
    Optional<Instant> resendAt = state.resendAt(resendAfter);
    return new Challenge(
        kind.wireName(),
        state.verification().attemptsRemaining(),
        state.verification().expiresAt().orElseThrow(),
        state.lastCodeWrong() ? WRONG_CODE : null,
        state.options().sentTo().map(SentTo::text).orElse(null),
        state.options().alternatives().stream().map(ChallengeKind::wireName).toList(),
        resendAt.isPresent(),
        resendAt.orElse(null));
  }
}
