package ai.pathbound.identities.login.api;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.ProfileId;
import ai.pathbound.identities.json.Paged;
import ai.pathbound.identities.json.Pagination;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.store.LinkedInProfiles;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The success bodies of the LinkedIn calls. */
final class LinkedInResponses {
  private static final String SUCCESS = "success";

  private LinkedInResponses() {}

  @RegisterForReflection
  record Started(
      String status,
      String message,
      @JsonProperty("identity_id") String identityId,
      @JsonProperty("login_result") LoginResult loginResult) {
    static Started of(LoginSnapshot state, Duration resendAfter) {
      return new Started(
          SUCCESS,
          "LinkedIn login initiated",
          state.facts().identity().toString(),
          LoginResult.of(state, resendAfter));
    }
  }

  /**
   * How a login stands.
   *
   * @param status {@code success}: the call's, not the login's
   */
  @RegisterForReflection
  record Standing(
      String status,
      @JsonProperty("identity_id") String identityId,
      @JsonProperty("login_result") LoginResult loginResult) {
    static Standing of(LoginSnapshot state, Duration resendAfter) {
      return new Standing(
          SUCCESS, state.facts().identity().toString(), LoginResult.of(state, resendAfter));
    }
  }

  /** A page of an identity's logins, newest first. */
  @RegisterForReflection
  record Sessions(
      String status,
      @JsonProperty("identity_id") String identityId,
      List<LoginResult> sessions,
      Pagination pagination)
      implements Paged {
    /** A page of {@code limit}, where one more was looked for to know whether there is a next. */
    static Sessions of(
        IdentityId identity, List<LoginSnapshot> found, int limit, Duration resendAfter) {
      return new Sessions(
          SUCCESS,
          identity.toString(),
          found.stream().limit(limit).map(state -> LoginResult.of(state, resendAfter)).toList(),
          Pagination.of(found, limit, state -> state.facts().session().toString()));
    }
  }

  /**
   * Whether LinkedIn honours the stored session.
   *
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

  @RegisterForReflection
  record Disconnected(
      String status, String message, @JsonProperty("identity_id") String identityId) {
    static Disconnected of(IdentityId identity) {
      return new Disconnected(SUCCESS, "LinkedIn disconnected", identity.toString());
    }
  }
}
