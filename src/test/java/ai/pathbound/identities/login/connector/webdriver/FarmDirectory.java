package ai.pathbound.identities.login.connector.webdriver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a farm of the tests keeps its browsers' files, by which their processes are known.
 *
 * @param path the directory
 */
record FarmDirectory(Path path) {

  static FarmDirectory create(String prefix) throws IOException {
    return new FarmDirectory(Files.createTempDirectory(prefix));
  }

  /** The processes of its browsers, those among them that left their parent. */
  List<ProcessHandle> browserProcesses() {
    return ProcessHandle.allProcesses()
        .filter(p -> p.info().commandLine().orElse("").contains(path.toString()))
        .toList();
  }

  /** Deletes it; what cannot be deleted is told and left. */
  void delete() {
    try (Stream<Path> files = Files.walk(path)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      System.out.println("not all of " + path + " could be deleted: " + e.getMessage());
    }
  }
}
