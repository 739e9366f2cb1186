package ai.pathbound.identities.login.api;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The versions of a login that a client has seen: the entity tags of {@code If-None-Match} (RFC
 * 9110, section 13.1.2), of which weak ones count as well.
 *
 * @param tags the tags without their quotes; {@code *} stands for every version
 */
record KnownVersions(Set<String> tags) {
  private static final String ANY = "*";
  private static final Pattern TAG =
      Pattern.compile("(?:^|,)\\s*(?:(\\*)|(?:W/)?\"([^\"]*)\")\\s*(?=$|,)");

  /** What the headers name; nothing where they are absent or are no tags. */
  static KnownVersions of(List<String> headers) {
    return headers.isEmpty()
        ? new KnownVersions(Set.of())
        : new KnownVersions(
            TAG.matcher(String.join(",", headers))
                .results()
                .map(KnownVersions::tag)
                .collect(Collectors.toUnmodifiableSet()));
  }

  private static String tag(MatchResult found) {
    return found.group(1) == null ? found.group(2) : ANY;
  }

  /** The tag of a version, as {@code ETag} shows it. */
  static String entityTag(long version) {
    return "\"" + version + "\"";
  }

  boolean isEmpty() {
    return tags.isEmpty();
  }

  boolean include(long version) {
    return !tags.isEmpty() && (tags.contains(Long.toString(version)) || tags.contains(ANY));
  }
}
