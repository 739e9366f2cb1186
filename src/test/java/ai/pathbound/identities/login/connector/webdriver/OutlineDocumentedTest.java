package ai.pathbound.identities.login.connector.webdriver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.LogRecorder;
import ai.pathbound.identities.login.connector.RecordingJournal;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginOutcome.CodeRequired;
import ai.pathbound.identities.login.session.LoginOutcome.Refused;
import ai.pathbound.identities.login.session.LoginOutcome.SignedIn;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the outline in the document to the lines in the document, and then the page is known. */
@Tag("faults")
class OutlineDocumentedTest extends RealBrowserTest {
  private static final Path DOCUMENT = Path.of("docs", "linkedin-connector.md");

  @TempDir Path directory;

  @Test
  void thePageOfTheExampleLeavesItsOutlineAndIsKnownByItsLines() throws IOException {
    String document = Files.readString(DOCUMENT);
    String outline = block(document, "```\n(an unknown page of LinkedIn.*?)\n```");
    try (LogRecorder log = LogRecorder.ofEverything()) {
      assertEquals(new Refused(FailureReason.UNKNOWN_CHALLENGE), begin("ada+odd@example.com"));
      assertTrue(
          log.lines().stream().anyMatch(line -> line.contains(outline)),
          () -> log.lines().stream().filter(line -> line.contains("outline")).toList().toString());
    }

    Path pages = directory.resolve("pages.properties");
    Files.writeString(pages, ours() + block(document, "```properties\n(sign\\.code\\.mine.*?)```"));
    WebDriverSetup taught = setup().with("pages", pages);
    CodeRequired asked =
        assertInstanceOf(CodeRequired.class, begin(taught, journal("ada+odd@example.com")));
    assertEquals(ChallengeKind.EMAIL_CODE, asked.kind());
    try (WebDriverConnector connector = connector(taught)) {
      assertInstanceOf(
          SignedIn.class,
          outcomeOf(connector.answer(asked.at(), RecordingJournal.withCode("123456"))));
    }
    assertEquals(2, linkedIn.passwordsSent());
  }

  private static String block(String document, String pattern) {
    Matcher block = Pattern.compile(pattern, Pattern.DOTALL).matcher(document);
    assertTrue(block.find(), pattern);
    return block.group(1);
  }

  private static String ours() throws IOException {
    try (InputStream file =
        OutlineDocumentedTest.class.getResourceAsStream("/linkedin-pages.properties")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
