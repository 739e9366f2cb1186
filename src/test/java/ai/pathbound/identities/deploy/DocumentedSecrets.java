package ai.pathbound.identities.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The Secrets that docs/operations.md shows how to make.
 *
 * @param keys what each then holds
 */
record DocumentedSecrets(Map<String, Set<String>> keys) {
  private static final Pattern COMMAND =
      Pattern.compile("kubectl -n identities create secret (generic|tls) (\\S+)(.*)");
  private static final Pattern KEY = Pattern.compile("--from-(?:file|literal)=([^=\\s]+)");

  static DocumentedSecrets read() throws IOException {
    return of(Files.readString(Path.of("docs/operations.md")));
  }

  static DocumentedSecrets of(String guide) {
    Map<String, Set<String>> keys = new TreeMap<>();
    COMMAND
        .matcher(guide.replaceAll("\\\\\n\\s*", " "))
        .results()
        .forEach(
            command -> {
              Set<String> made = keys.computeIfAbsent(command.group(2), name -> new TreeSet<>());
              if (command.group(1).equals("tls")) {
                made.addAll(Set.of("tls.crt", "tls.key"));
              }
              KEY.matcher(command.group(3)).results().forEach(key -> made.add(key.group(1)));
            });
    return new DocumentedSecrets(keys);
  }

  boolean has(String secret, String key) {
    return keys.getOrDefault(secret, Set.of()).contains(key);
  }
}
