package ai.pathbound.identities.benchmark;

import ai.pathbound.identities.FreePort;
import ai.pathbound.identities.ManyIdentities;
import ai.pathbound.identities.Tokens;
import ai.pathbound.identities.program.ProductionEnvironment;
import ai.pathbound.identities.program.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * The packaged program beside {@link BarePeer}, on one database, in one run. Prints a table and
 * writes it to {@code target/benchmark/side-by-side.md}; fails where an answer is refused, never by
 * a time. No build runs it by itself; docs/benchmark.md has the command.
 */
class SideBySide {
  private static final Duration WARM = seconds("benchmark.warm", 40);
  private static final Duration MEASURED = seconds("benchmark.seconds", 8);
  private static final Duration COLD = Duration.ofSeconds(5);
  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 3);
  private static final int IDENTITIES = 20_000;
  private static final String TENANT = "benchmark";
  private static final String ALL = "/v1/identities";
  private static final String PAGE = ALL + "?limit=50";
  private static final String PERSON =
      "{\"firstName\":\"Ada\",\"lastName\":\"Lovelace\",\"role\":\"CTO\"}";

  /** The first call warms what all have in common. */
  private static final int WARM_ALREADY = 4;

  private static final Path TABLE = Path.of("target", "benchmark", "side-by-side.md");
  private static final List<String> MEMORY =
      Program.isJar() ? List.of("-XX:TieredStopAtLevel=4", "-Xmx384m") : List.of("-Xmx256m");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private String token;
  private final StringBuilder table = new StringBuilder();

  private static Duration seconds(String property, int otherwise) {
    return Duration.ofSeconds(Integer.getInteger(property, otherwise));
  }

  /**
   * A call, and the nearest that the peer has.
   *
   * @param body what is posted; empty for a GET
   */
  private record Pair(String name, String path, String peersPath, Optional<String> body) {
    Pair(String name, String path, String peersPath) {
      this(name, path, peersPath, Optional.empty());
    }
  }

  @Test
  void howFarTheServiceIsFromWhatTheStackCanDo() throws Exception {
    Map<String, String> settings = Map.of("IDENTITIES_LINKEDIN_LOGINS_PER_HOUR", "100000");
    try (ProductionEnvironment surroundings = ProductionEnvironment.start(settings)) {
      // Not before: the keys are made with the surroundings.
      token = Tokens.of(TENANT, "benchmark", Tokens.BOTH);
      ManyIdentities.make(surroundings.owner(), TENANT, IDENTITIES);
      Map<String, String> environment = surroundings.environment();
      String identity;
      String session;
      try (Program first = Program.start("benchmark-first", environment, MEMORY)) {
        identity = created(first, ALL, PERSON, "identity_id");
        session =
            created(
                first,
                ALL + "/" + identity + "/linkedin/login",
                "{\"username\":\"ada+2fa@example.com\",\"password\":\"any\"}",
                "session_id");
      }
      String one = ALL + "/" + identity;
      try (Program program = Program.start("benchmark", environment, MEMORY)) {
        line(
            "the first %d s after start, GET by id: %.0f/s",
            COLD.toSeconds(),
            Wrk.run(program.url() + one, token, Optional.empty(), COLD).perSecond());
        int peersPort = FreePort.any();
        Process peer = peer(peersPort, environment);
        try {
          line(
              "%n| call | service/bare | range | service | p50 | p99 | bare"
                  + " |%n|---|---|---|---|---|---|---|");
          String peers = "http://localhost:" + peersPort;
          compare(program.url(), peers, new Pair("GET by id", one, one), WARM);
          for (Pair pair :
              List.of(
                  new Pair(
                      "status poll / bare GET by id", one + "/linkedin/status/" + session, one),
                  new Pair("page of 50", PAGE, PAGE),
                  new Pair("create", ALL, ALL, Optional.of(PERSON)))) {
            compare(program.url(), peers, pair, WARM.dividedBy(WARM_ALREADY));
          }
        } finally {
          peer.destroyForcibly().waitFor();
        }
      }
    }
    Files.createDirectories(TABLE.getParent());
    Files.writeString(TABLE, table);
  }

  private void compare(String service, String bare, Pair pair, Duration warm)
      throws IOException, InterruptedException {
    load(service + pair.path(), pair, warm);
    load(bare + pair.peersPath(), pair, warm);
    List<Double> ratios = new ArrayList<>();
    Wrk.Result ours = null;
    Wrk.Result peers = null;
    for (int round = 0; round < ROUNDS; round++) {
      ours = load(service + pair.path(), pair, MEASURED);
      peers = load(bare + pair.peersPath(), pair, MEASURED);
      ratios.add(ours.perSecond() / peers.perSecond());
    }
    ratios.sort(null);
    line(
        "| %s | %.2f | %.2f to %.2f | %.0f/s | %s | %s | %.0f/s |",
        pair.name(),
        ratios.get(ratios.size() / 2),
        ratios.get(0),
        ratios.get(ratios.size() - 1),
        ours.perSecond(),
        ours.p50(),
        ours.p99(),
        peers.perSecond());
  }

  private Wrk.Result load(String url, Pair pair, Duration time)
      throws IOException, InterruptedException {
    return Wrk.run(url, token, pair.body(), time);
  }

  private void line(String format, Object... values) {
    String text = String.format(Locale.ROOT, format, values);
    System.out.println(text);
    table.append(text).append('\n');
  }

  private String created(Program program, String path, String body, String field)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(program.url() + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .header("Prefer", "wait=10")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    String answer = http.send(request, BodyHandlers.ofString()).body();
    Matcher found = Pattern.compile("\"" + field + "\":\"(\\w+)\"").matcher(answer);
    if (!found.find()) {
      throw new IllegalStateException(answer);
    }
    return found.group(1);
  }

  private static Process peer(int port, Map<String, String> environment) throws IOException {
    Process peer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-cp",
                System.getProperty("java.class.path"),
                BarePeer.class.getName(),
                Integer.toString(port),
                environment.get("QUARKUS_DATASOURCE_REACTIVE_URL"),
                environment.get("QUARKUS_DATASOURCE_USERNAME"),
                environment.get("QUARKUS_DATASOURCE_PASSWORD"),
                TENANT)
            .redirectErrorStream(true)
            .redirectOutput(Path.of("target", "programs", "bare-peer.log").toFile())
            .start();
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> listens(port));
    return peer;
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
