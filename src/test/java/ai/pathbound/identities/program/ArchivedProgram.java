package ai.pathbound.identities.program;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Commands that start the packaged jar in less time, for a test that starts it hundreds of times:
 * all its classes on one class path, so that the JVM takes them from an archive (class data
 * sharing, JEP 350) that an earlier run left when it ended. A native executable is started as ever.
 */
final class ArchivedProgram {
  private static final String MAIN = "io.quarkus.runner.GeneratedMain";

  private final Path archive;

  /** By an archive of that name, below {@code target}. */
  ArchivedProgram(String name) {
    this.archive = Path.of("target", "programs", name + ".jsa").toAbsolutePath();
  }

  /** A run that leaves the archive once it is told to end. */
  List<String> archiving() {
    return command("-XX:ArchiveClassesAtExit=" + archive);
  }

  /** A run that uses the archive. */
  List<String> archived() {
    return command("-XX:SharedArchiveFile=" + archive);
  }

  private static List<String> command(String sharing) {
    if (!Program.isJar()) {
      return Program.command();
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Program.SHORT_LIVED);
    command.add(sharing);
    // What the jar's manifest and its own loader say.
    command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
    command.add("-cp");
    command.add(classPath());
    command.add(MAIN);
    return command;
  }

  /** In the order in which the jar's own loader looks: what the build changed comes first. */
  private static String classPath() {
    Path root = Program.JAR.toAbsolutePath().getParent();
    List<Path> jars = new ArrayList<>();
    jars.add(root.resolve("quarkus/generated-bytecode.jar"));
    jars.add(root.resolve("quarkus/transformed-bytecode.jar"));
    for (String folder : List.of("app", "lib/boot", "lib/main")) {
      try (Stream<Path> files = Files.list(root.resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(jars::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}
