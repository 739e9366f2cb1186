package ai.pathbound.identities.identity;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * The identity object, the same in every answer. Nothing of a credential, cookie or username is in
 * it.
 *
 * @param jobTitle the same again
 * @param linkedin its LinkedIn account; null until a first login was started
 */
@RegisterForReflection
record IdentityView(
    @JsonProperty("identity_id") String identityId,
    String firstName,
    String lastName,
    String role,
    String jobTitle,
    LinkedIn linkedin,
    @JsonProperty("created_at") Instant createdAt,
    @JsonProperty("updated_at") Instant updatedAt) {

  /**
   * The LinkedIn account of an identity.
   *
   * @param connected the last known answer, from a login, a check or a look
   * @param country ISO 3166-1 alpha-2
   * @param connectedAt when the last login completed; null where no session is stored
   * @param checkedAt when the last answer was known; null where there was none since a disconnect
   * @param reconnectRequired whether LinkedIn no longer honoured the session, which was erased
   */
  @RegisterForReflection
  record LinkedIn(
      @JsonProperty("profile_id") String profileId,
      boolean connected,
      String country,
      @JsonProperty("connected_at") Instant connectedAt,
      @JsonProperty("checked_at") Instant checkedAt,
      @JsonProperty("reconnect_required") boolean reconnectRequired) {}

  static IdentityView of(IdentityWithProfile found) {
    Identity identity = found.identity();
    return new IdentityView(
        identity.id().toString(),
        identity.firstName(),
        identity.lastName(),
        identity.role(),
        identity.role(),
        found.profile() == null ? null : of(found.profile()),
        identity.createdAt(),
        identity.updatedAt());
  }

  private static LinkedIn of(LinkedInProfile profile) {
    return new LinkedIn(
        profile.id().toString(),
        profile.connected(),
        profile.country(),
        profile.connectedAt().orElse(null),
        profile.checkedAt().orElse(null),
        profile.reconnectRequired());
  }
}
