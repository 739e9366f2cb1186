package ai.pathbound.identities.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.auth.TokenCheckBenchmark;
import ai.pathbound.identities.id.IdBenchmark;
import ai.pathbound.identities.identity.IdentityJsonBenchmark;
import ai.pathbound.identities.login.api.StatusJsonBenchmark;
import ai.pathbound.identities.secret.SealingBenchmark;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.generators.core.BenchmarkGenerator;
import org.openjdk.jmh.generators.core.FileSystemDestination;
import org.openjdk.jmh.generators.reflection.RFGeneratorSource;

/**
 * Runs the microbenchmarks of JMH. What JMH generates around them is written and compiled here and
 * not by an annotation processor of the build, whose compiler takes no warning. No build runs it by
 * itself; docs/benchmark.md has the command.
 */
class Microbenchmarks {
  private static final Path SOURCES = Path.of("target", "benchmark", "generated");
  private static final Path CLASSES = Path.of("target", "benchmark", "classes");
  private static final String OPTIONS =
      System.getProperty("benchmark.jmh", "-f 1 -wi 5 -w 1 -i 5 -r 1");

  @Test
  void whatTheSmallPartsOfARequestCost() throws Exception {
    generate();
    compile();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                CLASSES + File.pathSeparator + System.getProperty("java.class.path"),
                Main.class.getName(),
                "-foe",
                "true",
                "-rf",
                "json",
                "-rff",
                Path.of("target", "benchmark", "jmh.json").toString()));
    command.addAll(List.of(OPTIONS.split(" ")));
    Process jmh = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(jmh.getInputStream(), StandardCharsets.UTF_8))) {
      lines.lines().forEach(System.out::println);
    }
    assertEquals(0, jmh.waitFor());
  }

  private static void generate() throws IOException {
    Files.createDirectories(SOURCES);
    Files.createDirectories(CLASSES);
    RFGeneratorSource source = new RFGeneratorSource();
    source.processClasses(
        TokenCheckBenchmark.class,
        SealingBenchmark.class,
        IdBenchmark.class,
        IdentityJsonBenchmark.class,
        StatusJsonBenchmark.class);
    FileSystemDestination destination =
        new FileSystemDestination(CLASSES.toFile(), SOURCES.toFile());
    BenchmarkGenerator generator = new BenchmarkGenerator();
    generator.generate(source, destination);
    generator.complete(source, destination);
    assertFalse(destination.hasErrors(), () -> destination.getErrors().toString());
  }

  private static void compile() throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-proc:none",
                "-nowarn",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                CLASSES.toString()));
    try (Stream<Path> files = Files.walk(SOURCES)) {
      files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
    }
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertTrue(result == 0, "what JMH generated does not compile");
  }
}
