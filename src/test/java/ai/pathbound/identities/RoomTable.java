package ai.pathbound.identities;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table of the rooms in docs/architecture.md: each room, and the rooms that it knows. */
final class RoomTable {
  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z.]+)` \\|[^|]*\\|(.*)\\|$", Pattern.MULTILINE);
  private static final Pattern NAME = Pattern.compile("`([a-z.]+)`");

  private RoomTable() {}

  static Map<String, Set<String>> read() throws IOException {
    String page = Files.readString(Path.of("docs/architecture.md"));
    String rooms = page.substring(page.indexOf("\n## Rooms\n"), page.indexOf("\n## Decisions"));
    Map<String, Set<String>> table = new TreeMap<>();
    Matcher row = ROW.matcher(rooms);
    while (row.find()) {
      Set<String> known =
          NAME.matcher(row.group(2))
              .results()
              .map((MatchResult name) -> name.group(1))
              .collect(Collectors.toCollection(TreeSet::new));
      if (table.put(row.group(1), known) != null) {
        throw new IllegalStateException(row.group(1) + " stands in the table twice");
      }
    }
    return table;
  }
}
