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

  @Test
  void theSecondTierLooksWhereItsTestsAre() throws IOException {
    List<PathMatcher> includes =
        INCLUDE
            .matcher(Files.readString(Path.of("pom.xml")))
            .results()
            .map((MatchResult found) -> "glob:" + found.group(1))
            .map(FileSystems.getDefault()::getPathMatcher)
            .toList();
    List<Path> tagged = tagged();
    assertFalse(tagged.isEmpty());
    assertEquals(
        List.of(),
        tagged.stream()
            .filter(file -> includes.stream().noneMatch(include -> include.matches(file)))
            .toList());
  }

  @Test
  void noApplicationIsStartedForTheSecondTierAlone() throws IOException {
    assertEquals(
        List.of(), tagged().stream().filter(file -> read(file).contains("@QuarkusTest")).toList());
  }
}
