package ai.pathbound.identities.login.api;

import ai.pathbound.identities.conditional.EntityTags;
import java.util.List;
import java.util.Optional;

/**
 * The versions of a login that a client has seen: the entity tags of {@code If-None-Match} (RFC
 * 9110, section 13.1.2), of which weak ones count as well.
 *
 * @param tags the tags; empty where none is named
 */
record KnownVersions(Optional<EntityTags> tags) {
  /** What the headers name; nothing where they are absent or are no tags. */
  static KnownVersions of(List<String> headers) {
    return new KnownVersions(EntityTags.of(headers).filter(tags -> !tags.isEmpty()));
  }

  /** The tag of a version, as {@code ETag} shows it. */
  static String entityTag(long version) {
    return "\"" + version + "\"";
  }

  boolean isEmpty() {
    return tags.isEmpty();
  }

  boolean include(long version) {
    return tags.isPresent() && tags.get().include(Long.toString(version));
  }
}
