package ai.pathbound.identities.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.FreePort;
import ai.pathbound.identities.ReadmeFlow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's first command, in a copy of the sources, and its flow with the token that it prints.
 * Dev mode resolves artifacts of its own, which no other test asks for.
 */
@Tag("faults")
class DevModeIT {
  private static final List<String> SOURCES = List.of("pom.xml", "mvnw", ".mvn", "src");
  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final Pattern TOKEN = Pattern.compile("(?m)^export TOKEN=(\\S+)$");
  // The token is printed while the program starts; it listens after that.
  private static final Pattern STARTED_OR_NOT =
      Pattern.compile("Listening on: http|BUILD FAILURE|Failed to start application");
  private static final Pattern COMPLAINT = Pattern.compile("\\bWARN(ING)?\\b|\\bERROR\\b|^\\s+at ");

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file));
      }
    }
  }

  private static String token(Path log) {
    Matcher token = TOKEN.matcher(read(log));
    if (!token.find()) {
      throw new IllegalStateException(read(log));
    }
    return token.group(1);
  }

  private static void end(Process maven) throws InterruptedException {
    List<ProcessHandle> children = maven.descendants().toList();
    maven.destroy();
    children.forEach(ProcessHandle::destroy);
    if (!maven.waitFor(30, TimeUnit.SECONDS)) {
      maven.destroyForcibly();
    }
    children.forEach(child -> child.onExit().orTimeout(30, TimeUnit.SECONDS).join());
  }

  @Test
  void startsWithoutAWarningAndPlaysTheFlow(@TempDir Path folder) throws Exception {
    for (String source : SOURCES) {
      copy(Path.of(source), folder);
    }
    int port = FreePort.any();
    Path log = folder.resolve("dev.log");
    Process maven =
        new ProcessBuilder(
                "./mvnw",
                "-B",
                "-ntp",
                "quarkus:dev",
                "-Ddebug=false",
                "-Dquarkus.http.port=" + port,
                // That a machine is busy with other tests, too, is no complaint.
                "-Dquarkus.vertx.max-event-loop-execute-time=1M")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      maven.getOutputStream().close();
      Awaitility.await().atMost(START_LIMIT).until(() -> STARTED_OR_NOT.matcher(read(log)).find());
      String token = token(log);
      ReadmeFlow.pasteWithWebhook("localhost:" + port, 20, token);
      List<String> complaints =
          read(log).lines().filter(line -> COMPLAINT.matcher(line).find()).toList();
      assertEquals(List.of(), complaints);
    } finally {
      end(maven);
    }
  }
}
