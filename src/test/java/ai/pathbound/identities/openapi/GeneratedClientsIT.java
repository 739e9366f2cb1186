package ai.pathbound.identities.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.CommandLine;
import ai.pathbound.identities.Tokens;
import ai.pathbound.identities.program.ProductionEnvironment;
import ai.pathbound.identities.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that the API document makes, in Java and in TypeScript, and the collection of requests
 * for Bruno: each walks README's flow through the packaged program. A change that breaks who is
 * built on the document does not compile here, or ends otherwise.
 */
@Tag("faults")
class GeneratedClientsIT {
  private static final Path SOURCES = Path.of("src", "test", "clients").toAbsolutePath();
  private static final Path DOCUMENT =
      Path.of("src", "main", "resources", "META-INF", "openapi.yaml").toAbsolutePath();
  private static final Path JAVA_CLIENT = Path.of("target", "java-client", "src", "main", "java");
  private static final String BRUNO = "@usebruno/cli@4.1.0";

  /** What a client prints that walked to the end. */
  private static final List<String> FLOW =
      List.of(
          "awaiting_2fa authenticator_code",
          "awaiting_2fa sms_code",
          "resend_too_soon",
          "completed",
          "connected true",
          "cancelled",
          "failed completed",
          "CEO",
          "precondition_failed",
          "Ada",
          "Grace");

  private static ProductionEnvironment surroundings;
  private static Program program;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    surroundings = ProductionEnvironment.start(Map.of());
    program = Program.start("clients", surroundings.environment());
  }

  @AfterAll
  static void stop() {
    program.close();
    surroundings.close();
  }

  private static String token(String tenant) {
    return Tokens.of(tenant, "client", Tokens.ALL);
  }

  private static List<String> sourcesOf(Path client) throws IOException {
    try (Stream<Path> files = Files.walk(client)) {
      return files.map(Path::toString).filter(file -> file.endsWith(".java")).toList();
    }
  }

  @Test
  void theJavaClientCompilesWithoutWarningsAndWalksTheFlow()
      throws IOException, InterruptedException {
    CommandLine in = new CommandLine(folder);
    Path flow = SOURCES.resolve(Path.of("java", "Flow.java"));
    String classPath = System.getProperty("java.class.path");
    // Argument files, since a class path may be longer than a command. Not judged: what the class
    // path names, what processes annotations, and what Jackson says of the generator's own words.
    Files.write(
        folder.resolve("compile"),
        List.of(
            "-Xlint:all,-processing,-path,-deprecation -Werror -proc:none --release 17",
            "-d classes",
            "-cp " + quoted(classPath)));
    Files.write(
        folder.resolve("sources"),
        Stream.concat(Stream.of(flow.toString()), sourcesOf(JAVA_CLIENT.toAbsolutePath()).stream())
            .map(GeneratedClientsIT::quoted)
            .toList());
    in.run("javac", "@compile", "@sources");
    Files.write(
        folder.resolve("run"), List.of("-cp", quoted(folder.resolve("classes") + ":" + classPath)));
    assertEquals(FLOW, in.run("java", "@run", "Flow", program.url(), token("java-client")));
  }

  private static String quoted(String argument) {
    return '"' + argument.replace("\\", "\\\\") + '"';
  }

  @Test
  void theTypeScriptClientCompilesAndWalksTheFlow() throws IOException, InterruptedException {
    CommandLine in = new CommandLine(folder);
    for (String file : List.of("package.json", "tsconfig.json", "flow.ts")) {
      Files.copy(SOURCES.resolve(Path.of("typescript", file)), folder.resolve(file));
    }
    in.run("npm", "install", "--silent", "--no-audit", "--no-fund", "--no-package-lock");
    in.run(
        "node_modules/.bin/openapi-typescript",
        DOCUMENT.toString(),
        "--default-non-nullable=false",
        "-o",
        "schema.d.ts");
    in.run("node_modules/.bin/tsc");
    assertEquals(FLOW, in.run("node", "out/flow.js", program.url(), token("typescript-client")));
  }

  @Test
  void theCollectionForBrunoWalksTheFlow() throws IOException, InterruptedException {
    CommandLine in = new CommandLine(folder);
    in.run("npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", ".", BRUNO);
    new CommandLine(Path.of("docs", "bruno"))
        .run(
            folder.resolve("node_modules/.bin/bru").toString(),
            "run",
            "--env",
            "dev",
            "--env-var",
            "baseUrl=" + program.url(),
            "--env-var",
            "token=" + token("bruno"),
            "--bail");
  }
}
