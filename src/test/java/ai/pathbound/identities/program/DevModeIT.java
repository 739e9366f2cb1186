package ai.pathbound.identities.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.ReadmeFlow;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's first command, in a copy of the sources, and its flow with the token that it prints.
 * Dev mode resolves artifacts of its own, which no other test asks for.
 */
@Tag("faults")
class DevModeIT {
  private static final List<String> SOURCES = List.of("pom.xml", ".mvn", "src");
  private static final Pattern TOKEN = Pattern.compile("(?m)^export TOKEN=(\\S+)$");
  private static final Pattern COMPLAINT = Pattern.compile("\\bWARN(ING)?\\b|\\bERROR\\b|^\\s+at ");

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file));
      }
    }
  }

  private static String token(String log) {
    Matcher token = TOKEN.matcher(log);
    if (!token.find()) {
      throw new IllegalStateException(log);
    }
    return token.group(1);
  }

  /** The JVM of dev mode, which Maven starts; until it has ended, it writes in its folder. */
  private static void end(Program maven) {
    List<ProcessHandle> children = maven.process().descendants().toList();
    maven.close();
    children.forEach(ProcessHandle::destroy);
    children.forEach(child -> child.onExit().orTimeout(30, TimeUnit.SECONDS).join());
  }

  @Test
  void startsWithoutAWarningAndPlaysTheFlow(@TempDir Path folder) throws Exception {
    for (String source : SOURCES) {
      copy(Path.of(source), folder);
    }
    List<String> command =
        List.of(
            "./mvnw",
            "-B",
            "-ntp",
            "-f",
            folder.toString(),
            "quarkus:dev",
            "-Ddebug=false",
            // That a machine is busy with other tests, too, is no complaint.
            "-Dquarkus.vertx.max-event-loop-execute-time=1M");
    Program maven = Program.startBy(command, "dev-mode", Map.of());
    try {
      ReadmeFlow.pasteWithWebhook(URI.create(maven.url()).getAuthority(), 20, token(maven.log()));
      List<String> complaints =
          maven.log().lines().filter(line -> COMPLAINT.matcher(line).find()).toList();
      assertEquals(List.of(), complaints);
    } finally {
      end(maven);
    }
  }
}
