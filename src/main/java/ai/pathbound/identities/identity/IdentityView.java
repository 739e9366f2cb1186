package ai.pathbound.identities.identity;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The identity object, the same in every answer. Nothing of a credential, cookie or username is in
 * it.
 *
 * @param identityId its id
 * @param firstName the first name
 * @param lastName the last name
 * @param role the role or job title
 * @param jobTitle the same again
 * @param linkedin its LinkedIn account; null until a first login was started
 * @param createdAt when it was created
 * @param updatedAt when it was last changed
 */
@RegisterForReflection
@Schema(name = "Identity")
record IdentityView(
    @JsonProperty("identity_id")
        @Schema(required = true, examples = "id_01jv3ve1twetnar2zsd0c36jyb")
        String identityId,
    @Schema(required = true, examples = "Ada") String firstName,
    @Schema(required = true, examples = "Lovelace") String lastName,
    @Schema(required = true, examples = "CTO") String role,
    @Schema(required = true, examples = "CTO") String jobTitle,
    @Schema(required = true, nullable = true) LinkedIn linkedin,
    @JsonProperty("created_at") @Schema(required = true) Instant createdAt,
    @JsonProperty("updated_at") @Schema(required = true) Instant updatedAt) {

  /**
   * The LinkedIn account of an identity.
   *
   * @param profileId its id
   * @param connected the last known answer, from a login or a check
   * @param country ISO 3166-1 alpha-2
   * @param connectedAt when the last login completed; null where no session is stored
   */
  @RegisterForReflection
  @Schema(name = "LinkedIn")
  record LinkedIn(
      @JsonProperty("profile_id")
          @Schema(required = true, examples = "li_01jv3ve1twetnar2zsd0c36jyb")
          String profileId,
      @Schema(required = true) boolean connected,
      @Schema(required = true, examples = "US") String country,
      @JsonProperty("connected_at") @Schema(required = true, nullable = true)
          Instant connectedAt) {}

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
        profile.connectedAt().orElse(null));
  }
}
