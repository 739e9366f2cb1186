package ai.pathbound.identities.conditional;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The entity tags that {@code If-Match} or {@code If-None-Match} names (RFC 9110, sections 13.1.1
 * and 13.1.2), each without its quotes. What is no entity tag is left out.
 *
 * @param any whether {@code *} is among them
 * @param strong the strong tags
 * @param weak the weak tags, without their {@code W/}
 */
public record EntityTags(boolean any, Set<String> strong, Set<String> weak) {
  private static final Pattern TAG =
      Pattern.compile("(?:^|,)\\s*(?:(\\*)|(W/)?\"([^\"]*)\")\\s*(?=$|,)");

  /** The tags of a header, which may come as several lines; empty where there is none. */
  public static Optional<EntityTags> of(List<String> lines) {
    if (lines == null || lines.isEmpty()) {
      return Optional.empty();
    }
    boolean any = false;
    Set<String> strong = new HashSet<>();
    Set<String> weak = new HashSet<>();
    Matcher tags = TAG.matcher(String.join(",", lines));
    while (tags.find()) {
      if (tags.group(1) != null) {
        any = true;
      } else {
        (tags.group(2) == null ? strong : weak).add(tags.group(3));
      }
    }
    return Optional.of(new EntityTags(any, Set.copyOf(strong), Set.copyOf(weak)));
  }

  /** Whether {@code tag}, without its quotes, is named by the weak comparison (section 8.8.3.2). */
  public boolean include(String tag) {
    return any || strong.contains(tag) || weak.contains(tag);
  }

  /** Whether a strong tag is named that {@code fits}: a weak one never is, whatever it says. */
  public boolean includeStrong(Predicate<String> fits) {
    return any || strong.stream().anyMatch(fits);
  }

  /** Whether no tag is named. */
  public boolean isEmpty() {
    return !any && strong.isEmpty() && weak.isEmpty();
  }
}
