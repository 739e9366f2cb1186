package ai.pathbound.identities.identity;

import ai.pathbound.identities.conditional.EntityTags;
import ai.pathbound.identities.problem.RefusalException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;

/**
 * The version that a client believes it changes (RFC 9110, section 13.1.1). Of a tag the version is
 * compared alone: a login or a check in between moves the rest, and is no other's edit.
 *
 * @param tags what {@code If-Match} names; empty where the client does not mind
 */
record IfMatch(Optional<EntityTags> tags) {
  /** Read off all headers: as a parameter of its own, one that is empty would count as absent. */
  static IfMatch of(HttpHeaders headers) {
    return new IfMatch(EntityTags.of(headers.getRequestHeader(HttpHeaders.IF_MATCH)));
  }

  /**
   * Refuses with {@code precondition_failed} where {@code identity} is of none of the versions.
   * Holds until the end of the transaction that has locked its row.
   */
  void require(Identity identity) {
    boolean fits =
        tags.isEmpty()
            || tags.get().includeStrong(tag -> IdentityTag.isOfVersion(tag, identity.updatedAt()));
    if (!fits) {
      throw RefusalException.of(
          RefusalException.Kind.PRECONDITION,
          "precondition_failed",
          "The identity is not of the version that If-Match names. Read it again, and send the"
              + " ETag of that answer, its quotes included.");
    }
  }
}
