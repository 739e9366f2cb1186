package ai.pathbound.identities;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No test falls between the two tiers. */
class TiersTest {
  private static final Path TESTS = Path.of("src", "test", "java");
  private static final Pattern INCLUDE = Pattern.compile("<include>(\\S+Test\\.java)</include>");
  private static final Pattern EXCLUDE = Pattern.compile("<exclude>(\\S+Test\\.java)</exclude>");
  private static final String TAG = "@Tag(\"" + "faults" + "\")";

  /** The tests in the JVM that are tagged; those against the packaged program are found by name. */
  private static List<Path> tagged() throws IOException {
    try (Stream<Path> files = Files.walk(TESTS)) {
      return files
          .filter(file -> file.toString().endsWith("Test.java"))
          .filter(file -> read(file).contains(TAG))
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<PathMatcher> patterns(Pattern element) throws IOException {
    return element
        .matcher(Files.readString(Path.of("pom.xml")))
        .results()
        .map((MatchResult found) -> "glob:" + found.group(1))
        .map(FileSystems.getDefault()::getPathMatcher)
        .toList();
  }

  private static boolean matches(List<PathMatcher> patterns, Path file) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(file));
  }

  @Test
  void theSecondTierLooksWhereItsTestsAre() throws IOException {
    List<PathMatcher> includes = patterns(INCLUDE);
    List<Path> tagged = tagged();
    assertFalse(tagged.isEmpty());
    assertEquals(List.of(), tagged.stream().filter(file -> !matches(includes, file)).toList());
  }

  @Test
  void theFirstTierBuildsNoApplicationForTheSecond() throws IOException {
    List<PathMatcher> excludes = patterns(EXCLUDE);
    List<Path> withProfile =
        tagged().stream()
            .filter(file -> read(file).contains("@QuarkusTest"))
            .filter(file -> read(file).contains("@TestProfile"))
            .toList();
    assertEquals(List.of(), withProfile.stream().filter(file -> !matches(excludes, file)).toList());
  }

  @Test
  void whatTheFirstTierLeavesOutIsInTheSecond() throws IOException {
    List<PathMatcher> excludes = patterns(EXCLUDE);
    List<Path> tagged = tagged();
    try (Stream<Path> files = Files.walk(TESTS)) {
      assertEquals(
          List.of(),
          files
              .filter(file -> matches(excludes, file))
              .filter(file -> !tagged.contains(file))
              .toList());
    }
  }
}
