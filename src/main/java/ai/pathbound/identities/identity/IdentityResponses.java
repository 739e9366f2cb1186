package ai.pathbound.identities.identity;

import ai.pathbound.identities.json.Pagination;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** The success bodies of the identity calls. */
final class IdentityResponses {
  private static final String SUCCESS = "success";

  private IdentityResponses() {}

  /**
   * One identity.
   *
   * @param status {@code success}
   * @param identity the identity
   */
  @RegisterForReflection
  record One(String status, IdentityView identity) {
    static One of(IdentityView identity) {
      return new One(SUCCESS, identity);
    }
  }

  /**
   * Identities.
   *
   * @param status {@code success}
   * @param identities all, or a page of them, oldest first
   * @param pagination where to go on; absent where no limit was asked for
   */
  @RegisterForReflection
  record Many(
      String status,
      List<IdentityView> identities,
      @JsonInclude(JsonInclude.Include.NON_NULL) Pagination pagination) {
    static Many all(List<IdentityView> found) {
      return new Many(SUCCESS, found, null);
    }

    /** A page of {@code limit}, where one more was looked for to know whether there is a next. */
    static Many page(List<IdentityView> found, int limit) {
      boolean more = found.size() > limit;
      List<IdentityView> page = found.stream().limit(limit).toList();
      String next = more ? page.get(limit - 1).identityId() : null;
      return new Many(SUCCESS, page, new Pagination(limit, next));
    }
  }

  /**
   * An identity is gone.
   *
   * @param status {@code success}
   * @param message for a person
   * @param identityId which one
   */
  @RegisterForReflection
  record Deleted(String status, String message, @JsonProperty("identity_id") String identityId) {
    static Deleted of(String identityId) {
      return new Deleted(SUCCESS, "Identity deleted", identityId);
    }
  }
}
