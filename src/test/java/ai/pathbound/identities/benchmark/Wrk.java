package ai.pathbound.identities.benchmark;

import ai.pathbound.identities.CommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Load by {@code wrk} (Debian's), whose clients each send a request, read the answer and send again
 * over a connection that is kept. What it costs itself is small beside what it measures, on the
 * same machine.
 */
final class Wrk {
  private static final int CLIENTS = 32;
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
  private static final Pattern P50 = Pattern.compile("50%\\s+(\\S+)");
  private static final Pattern P99 = Pattern.compile("99%\\s+(\\S+)");
  private static final String REFUSED = "Non-2xx or 3xx responses";
  private static final String BROKEN = "Socket errors";

  private Wrk() {}

  /**
   * What was seen.
   *
   * @param perSecond answers a second
   * @param p50 the median of an answer's time, with its unit
   * @param p99 its 99th percentile, with its unit
   */
  record Result(double perSecond, String p50, String p99) {}

  /**
   * Has 32 clients call {@code url} for that long, with a GET, or with a POST of {@code body}.
   *
   * @throws IllegalStateException where an answer was not 2xx, or a connection broke
   */
  static Result run(String url, String token, Optional<String> body, Duration time)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("wrk", "-t1", "-c" + CLIENTS, "-d" + time.toSeconds() + "s"));
    command.addAll(List.of("--latency", "-H", "Authorization: Bearer " + token));
    if (body.isPresent()) {
      command.addAll(List.of("-s", script(body.get()).toString()));
    }
    command.add(url);
    String printed = String.join("\n", new CommandLine(Path.of(".")).run(command));
    if (printed.contains(REFUSED) || printed.contains(BROKEN)) {
      throw new IllegalStateException(printed);
    }
    return new Result(
        Double.parseDouble(found(RATE, printed)), found(P50, printed), found(P99, printed));
  }

  /** How wrk is told of a body: by a script in Lua. */
  private static Path script(String body) throws IOException {
    Path script = Files.createTempFile("post", ".lua");
    script.toFile().deleteOnExit();
    return Files.writeString(
        script,
        "wrk.method = 'POST'\nwrk.body = [["
            + body
            + "]]\nwrk.headers['Content-Type'] = 'application/json'\n");
  }

  private static String found(Pattern what, String printed) {
    Matcher found = what.matcher(printed);
    if (!found.find()) {
      throw new IllegalStateException(printed);
    }
    return found.group(1);
  }
}
