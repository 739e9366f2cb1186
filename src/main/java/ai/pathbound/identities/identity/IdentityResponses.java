package ai.pathbound.identities.identity;

import ai.pathbound.identities.json.Paged;
import ai.pathbound.identities.json.Pagination;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** The success bodies of the identity calls. */
final class IdentityResponses {
  private static final String SUCCESS = "success";

  private IdentityResponses() {}

  @RegisterForReflection
  record One(String status, IdentityView identity) {
    static One of(IdentityView identity) {
      return new One(SUCCESS, identity);
    }
  }

  /**
   * Identities.
   *
   * @param identities all, or a page of them, oldest first
   * @param pagination where to go on; absent where no limit was asked for
   */
  @RegisterForReflection
  record Many(
      String status,
      List<IdentityView> identities,
      @JsonInclude(JsonInclude.Include.NON_NULL) Pagination pagination)
      implements Paged {
    static Many all(List<IdentityView> found) {
      return new Many(SUCCESS, found, null);
    }

    /** A page of {@code limit} identities; {@code found} holds one more if there is a next page. */
    static Many page(List<IdentityView> found, int limit) {
      return new Many(
          SUCCESS,
          found.stream().limit(limit).toList(),
          Pagination.of(found, limit, IdentityView::identityId));
    }
  }

  @RegisterForReflection
  record Deleted(String status, String message, @JsonProperty("identity_id") String identityId) {
    static Deleted of(String identityId) {
      return new Deleted(SUCCESS, "Identity deleted", identityId);
    }
  }
}
