package ai.pathbound.identities.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Tokens;
import ai.pathbound.identities.program.ProductionEnvironment;
import ai.pathbound.identities.program.Program;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What one of each thing costs the packaged program and its database: processor time, write-ahead
 * log, rows, and bytes with their indexes. Prints a table and writes it to {@code
 * target/benchmark/cost.md}; docs/capacity.md reckons with it. Logins are the sandbox's. No build
 * runs it by itself; docs/benchmark.md has the command.
 */
class CostOfThings {
  private static final int MANY = Integer.getInteger("benchmark.things", 2000);
  private static final int CLIENTS = 8;
  private static final Path TABLE = Path.of("target", "benchmark", "cost.md");
  private static final List<String> TABLES =
      List.of(
          "identity",
          "linkedin_profile",
          "login_session",
          "audit_event",
          "webhook_message",
          "webhook_delivery");
  private static final String PERSON =
      "{\"firstName\":\"Ada\",\"lastName\":\"Lovelace\",\"role\":\"CTO\"}";
  private static final String CREDENTIALS =
      "{\"username\":\"ada%s@example.com\",\"password\":\"any\"}";
  private static final List<String> OPTIONS =
      Program.isJar() ? List.of("-XX:TieredStopAtLevel=4", "-Xmx384m") : List.of("-Xmx256m");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
  private final StringBuilder table = new StringBuilder();

  private ProductionEnvironment surroundings;
  private Program program;
  private long postmaster;
  private String token;

  @Test
  void whatOneOfEachThingCosts() throws Exception {
    Map<String, String> settings =
        Map.of(
            "IDENTITIES_LINKEDIN_LOGINS_PER_HOUR", "100000",
            // What is sent is the receiver's cost; what is kept is ours.
            "IDENTITIES_WEBHOOKS_SLOTS", "0");
    try (ProductionEnvironment environment = ProductionEnvironment.start(settings);
        Program running = Program.start("cost", environment.environment(), OPTIONS)) {
      surroundings = environment;
      program = running;
      postmaster = postmaster();
      token = Tokens.of("cost", "cost", Tokens.ALL);
      line("| one … | program | database | write-ahead log |%n|---|---|---|---|");
      create();
      List<String> identities = measure("identity created", this::create);
      String first = identities.get(0);
      measure("GET of an identity", () -> repeat("GET", first, null));
      String waiting =
          field(
              call("POST", first + "/linkedin/login", CREDENTIALS.formatted("+2fa")), "session_id");
      measure("poll of a status", () -> repeat("GET", first + "/linkedin/status/" + waiting, null));
      List<String> others = identities.subList(1, identities.size() / 2);
      measure("login, held to its end", () -> logIn(others));
      call("POST", "/v1/webhooks/endpoints", "{\"url\":\"https://receiver.example/hook\"}");
      List<String> more = identities.subList(identities.size() / 2, identities.size());
      measure("login, with a webhook message kept", () -> logIn(more));
      sizes();
    } finally {
      threads.shutdownNow();
    }
    Files.createDirectories(TABLE.getParent());
    Files.writeString(TABLE, table);
  }

  private List<String> create() throws Exception {
    List<Callable<String>> calls = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      calls.add(
          () -> "/v1/identities/" + field(call("POST", "/v1/identities", PERSON), "identity_id"));
    }
    return all(calls);
  }

  private List<String> repeat(String method, String path, String body) throws Exception {
    List<Callable<String>> calls = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      calls.add(() -> call(method, path, body));
    }
    return all(calls);
  }

  private List<String> logIn(List<String> identities) throws Exception {
    List<Callable<String>> calls = new ArrayList<>();
    for (String identity : identities) {
      calls.add(() -> call("POST", identity + "/linkedin/login", CREDENTIALS.formatted("")));
    }
    List<String> answers = all(calls);
    for (String answer : answers) {
      assertTrue(answer.contains("\"status\":\"completed\""), answer);
    }
    return answers;
  }

  private List<String> all(List<Callable<String>> calls) throws Exception {
    List<String> answers = new ArrayList<>();
    for (Future<String> answer : threads.invokeAll(calls)) {
      answers.add(answer.get());
    }
    return answers;
  }

  /** Runs {@code work}, whose answers are as many as it did of the thing. */
  private List<String> measure(String thing, Callable<List<String>> work) throws Exception {
    long pid = program.process().pid();
    double own = ProcessorTime.of(pid);
    double theirs = ProcessorTime.ofFamily(postmaster);
    double log = log();
    List<String> done = work.call();
    line(
        "| %s | %.2f ms | %.2f ms | %.0f bytes |",
        thing,
        (ProcessorTime.of(pid) - own) * 1000 / done.size(),
        (ProcessorTime.ofFamily(postmaster) - theirs) * 1000 / done.size(),
        (log() - log) / done.size());
    return done;
  }

  private void sizes() throws SQLException {
    line("%n| table | rows | bytes a row | of them indexes |%n|---|---|---|---|");
    for (String name : TABLES) {
      execute("vacuum (full, analyze) " + name);
      double rows = number("select count(*) from " + name);
      double bytes = number("select pg_total_relation_size('" + name + "')");
      double indexes = number("select pg_indexes_size('" + name + "')");
      line("| `%s` | %.0f | %.0f | %.0f |", name, rows, bytes / rows, indexes / rows);
    }
  }

  private double log() throws SQLException {
    return number("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')");
  }

  private String call(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest.BodyPublisher content =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(program.url() + path))
            .header("Authorization", "Bearer " + token)
            .method(method, content);
    if (body != null) {
      request.header("Content-Type", "application/json").header("Prefer", "wait=30");
    }
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    assertEquals(2, answer.statusCode() / 100, answer::body);
    return answer.body();
  }

  private static String field(String answer, String name) {
    Matcher found = Pattern.compile("\"" + name + "\":\"(\\w+)\"").matcher(answer);
    if (!found.find()) {
      throw new IllegalStateException(answer);
    }
    return found.group(1);
  }

  /** The process whose children serve connections; asked while one of them is there. */
  private long postmaster() throws SQLException, IOException {
    try (Connection connection = surroundings.owner().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select pg_backend_pid()")) {
      rows.next();
      return ProcessorTime.parent(rows.getLong(1));
    }
  }

  private double number(String sql) throws SQLException {
    try (Connection connection = surroundings.owner().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getDouble(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = surroundings.owner().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void line(String format, Object... values) {
    String text = String.format(Locale.ROOT, format, values);
    System.out.println(text);
    table.append(text).append('\n');
  }
}
