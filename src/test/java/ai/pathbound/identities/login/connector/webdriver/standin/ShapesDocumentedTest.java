package ai.pathbound.identities.login.connector.webdriver.standin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.pathbound.identities.login.connector.LinkedInShapesContract;
import ai.pathbound.identities.login.connector.WaysOnContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of the shapes names all that the stand-in plays. */
class ShapesDocumentedTest {
  private static final Path DOCUMENT = Path.of("docs", "linkedin-connector.md");

  /** Tags of the sandbox, which the API's document names. */
  private static final Set<String> OF_THE_SANDBOX =
      Set.of(
          "2fa", "sms", "emailcode", "app", "email", "never", "locked", "captcha", "down", "slow");

  /** Tags that the contract's first part names, or whose test wants less patience. */
  private static final Set<String> ELSEWHERE = Set.of("rejected", "unknown", "stuck");

  /** Shapes of the login of old, and those of another origin: their own tests play them. */
  private static final Set<LoginShape> OF_OLD =
      EnumSet.of(
          LoginShape.OLDER,
          LoginShape.NEWER,
          LoginShape.TWO_PAGES,
          LoginShape.TWO_STEPS,
          LoginShape.CHOOSER,
          LoginShape.COVERED,
          LoginShape.SENDS_ELSEWHERE,
          LoginShape.ELSEWHERE,
          LoginShape.UNKNOWN,
          LoginShape.CAPTCHA,
          LoginShape.DOWN,
          LoginShape.BY_TAG);

  private static final Path CONNECTOR =
      Path.of("src/test/java", WaysOnContract.class.getPackageName().replace('.', '/'));

  private static String contract() throws IOException {
    Class<?> contract = LinkedInShapesContract.class;
    return source(contract)
        + source(contract.getSuperclass())
        + source(WaysOnContract.class)
        + Files.readString(CONNECTOR.resolve(Path.of("webdriver", "BrowserWaysOn.java")));
  }

  private static String source(Class<?> type) throws IOException {
    return Files.readString(CONNECTOR.resolve(type.getSimpleName() + ".java"));
  }

  @Test
  void everyShapeOfTheLoginIsInTheContract() throws IOException {
    String contract = contract();
    assertEquals(
        List.of(),
        EnumSet.complementOf(EnumSet.copyOf(OF_OLD)).stream()
            .map(LoginShape::tag)
            .filter(tag -> !contract.matches("(?s).*\"" + tag + "[\",].*"))
            .collect(Collectors.toList()));
  }

  @Test
  void everyTagIsInTheContract() throws IOException {
    String contract = contract();
    assertEquals(
        List.of(),
        Visit.tags()
            .filter(tag -> !OF_THE_SANDBOX.contains(tag) && !ELSEWHERE.contains(tag))
            .filter(tag -> !contract.matches("(?s).*[\"+]" + tag + "[\"+,@].*"))
            .sorted()
            .collect(Collectors.toList()));
  }

  @Test
  void everyShapeAndEveryTagIsInTheTable() throws IOException {
    List<String> rows =
        Files.readAllLines(DOCUMENT).stream()
            .dropWhile(line -> !line.startsWith("| Shape |"))
            .takeWhile(line -> line.startsWith("|"))
            .map(row -> row.split("\\|")[4])
            .toList();
    assertFalse(rows.isEmpty());
    assertEquals(
        List.of(),
        Stream.concat(
                Arrays.stream(LoginShape.values()).map(Enum::name),
                Visit.tags().filter(tag -> !OF_THE_SANDBOX.contains(tag)))
            .filter(name -> rows.stream().noneMatch(row -> row.contains("`" + name + "`")))
            .sorted()
            .collect(Collectors.toList()));
  }
}
