package ai.pathbound.identities.login.api;

import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginFacts;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.problem.HttpStatuses;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How a login stands; the same object in every LinkedIn call.
 *
 * @param profileId the LinkedIn profile
 * @param sessionId the login
 * @param status its state
 * @param challenge what LinkedIn asks for; null unless awaiting
 * @param error why it failed, for a person; null unless failed
 * @param errorCode why it failed, for a program; null unless failed
 * @param errorStatus the status code that goes with it; null unless failed
 * @param createdAt when it was accepted
 * @param updatedAt when its state was entered
 */
@RegisterForReflection
record LoginResult(
    @JsonProperty("profile_id") @Schema(required = true, examples = "li_01jv3ve1twetnar2zsd0c36jyb")
        String profileId,
    @JsonProperty("session_id")
        @Schema(required = true, examples = "sess_01jv3ve1twetnar2zsd0c36jyb")
        String sessionId,
    @Schema(
            required = true,
            enumeration = {
              "queued",
              "running",
              "awaiting_2fa",
              "awaiting_email",
              "completed",
              "failed"
            },
            examples = "queued")
        String status,
    @Schema(required = true, nullable = true) Challenge challenge,
    @Schema(required = true, nullable = true) String error,
    @JsonProperty("error_code")
        @Schema(required = true, nullable = true, examples = "credentials_rejected")
        String errorCode,
    @JsonProperty("error_status") @Schema(required = true, nullable = true, examples = "401")
        Integer errorStatus,
    @JsonProperty("created_at") @Schema(required = true) Instant createdAt,
    @JsonProperty("updated_at") @Schema(required = true) Instant updatedAt) {
  private static final String WRONG_CODE =
      "LinkedIn did not accept that code. Enter the newest one.";

  /**
   * What LinkedIn asks of the person.
   *
   * @param kind what it asks for
   * @param attemptsRemaining how many codes this login may still try
   * @param expiresAt when the person's time is over
   * @param error what was wrong with the last answer, for a person; else null
   */
  @RegisterForReflection
  @Schema(name = "Challenge")
  record Challenge(
      @Schema(
              required = true,
              enumeration = {
                "authenticator_code",
                "sms_code",
                "email_code",
                "app_approval",
                "email_link"
              })
          String kind,
      @JsonProperty("attempts_remaining") @Schema(required = true, minimum = "0", maximum = "5")
          int attemptsRemaining,
      @JsonProperty("expires_at") @Schema(required = true) Instant expiresAt,
      @Schema(required = true, nullable = true) String error) {}

  static LoginResult of(LoginSnapshot state) {
    LoginFacts facts = state.facts();
    Optional<FailureReason> failure = state.failure();
    return new LoginResult(
        facts.profile().toString(),
        facts.session().toString(),
        state.status().word(),
        state.challenge().map(kind -> challenge(state, kind)).orElse(null),
        failure.map(FailureReason::sentence).orElse(null),
        failure.map(FailureReason::word).orElse(null),
        failure.map(reason -> HttpStatuses.of(reason.kind())).orElse(null),
        facts.createdAt(),
        state.updatedAt());
  }

  private static Challenge challenge(LoginSnapshot state, ChallengeKind kind) {
    return new Challenge(
        kind.word(),
        state.verification().attemptsRemaining(),
        state.verification().expiresAt().orElseThrow(),
        state.lastCodeWrong() ? WRONG_CODE : null);
  }
}
