package ai.pathbound.identities.login.api;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.ProfileId;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.store.LinkedInProfiles;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Optional;

/** The success bodies of the LinkedIn calls. */
final class LinkedInResponses {
  private static final String SUCCESS = "success";
  private static final String AN_IDENTITY = "id_01jv3ve1twetnar2zsd0c36jyb";

  private LinkedInResponses() {}

  /**
   * A login was accepted.
   *
   * @param status {@code success}
   * @param message for a person
   * @param identityId the identity
   * @param loginResult how the login stands
   */
  @RegisterForReflection
  record Started(
      String status,
      String message,
      @JsonProperty("identity_id") String identityId,
      @JsonProperty("login_result") LoginResult loginResult) {
    static Started of(LoginSnapshot state) {
      return new Started(
          SUCCESS,
          "LinkedIn login initiated",
          state.facts().identity().toString(),
          LoginResult.of(state));
    }
  }

  /**
   * How a login stands.
   *
   * @param status {@code success}: the call's, not the login's
   * @param identityId the identity
   * @param loginResult how the login stands
   */
  @RegisterForReflection
  record Standing(
      String status,
      @JsonProperty("identity_id") String identityId,
      @JsonProperty("login_result") LoginResult loginResult) {
    static Standing of(LoginSnapshot state) {
      return new Standing(SUCCESS, state.facts().identity().toString(), LoginResult.of(state));
    }
  }

  /**
   * Whether LinkedIn honours the stored session.
   *
   * @param status {@code success}
   * @param connected whether it does
   * @param profileId the profile; null until a first login was started
   * @param checkedAt when LinkedIn said so
   */
  @RegisterForReflection
  record Checked(
      String status,
      boolean connected,
      @JsonProperty("profile_id") String profileId,
      @JsonProperty("checked_at") Instant checkedAt) {
    static Checked of(Optional<ProfileId> profile, LinkedInProfiles.CheckResult result) {
      return new Checked(
          SUCCESS,
          result.connected(),
          profile.map(ProfileId::toString).orElse(null),
          result.checkedAt());
    }
  }

  /**
   * LinkedIn is disconnected.
   *
   * @param status {@code success}
   * @param message for a person
   * @param identityId the identity
   */
  @RegisterForReflection
  record Disconnected(
      String status, String message, @JsonProperty("identity_id") String identityId) {
    static Disconnected of(IdentityId identity) {
      return new Disconnected(SUCCESS, "LinkedIn disconnected", identity.toString());
    }
  }
}
