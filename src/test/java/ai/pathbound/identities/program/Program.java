package ai.pathbound.identities.program;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The packaged program, jar or native, in a process of its own. */
public final class Program implements AutoCloseable {
  private static final Path ARTIFACT = Path.of("target", "quarkus-artifact.properties");

  /** Where the build puts the jar. */
  public static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");

  /** For one that lives for seconds, on few cores: it would not earn back a good compiler. */
  static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private static final Duration START_LIMIT = Duration.ofMinutes(10);
  private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:\\s]+:(\\d+)");

  private final Process process;
  private final Path log;

  private Program(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Whether the build made a jar: one that an earlier build left behind does not count. */
  public static boolean isJar() {
    Properties artifact = new Properties();
    try (Reader file = Files.newBufferedReader(ARTIFACT)) {
      artifact.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return artifact.getProperty("type").equals("jar");
  }

  /** How to start it from a shell. */
  public static List<String> command() {
    return command(List.of());
  }

  /** The same from any folder, with {@code -D} options, which a native executable takes, too. */
  public static List<String> command(List<String> options) {
    List<String> command = new ArrayList<>();
    if (isJar()) {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(SHORT_LIVED);
      command.addAll(options);
      command.add("-jar");
      command.add(JAR.toAbsolutePath().toString());
    } else {
      command.add(Path.of(System.getProperty("native.image.path")).toAbsolutePath().toString());
      command.addAll(options);
    }
    return command;
  }

  /** What the build made: the jar or the executable. */
  public static Path artifact() {
    return isJar() ? JAR : Path.of(System.getProperty("native.image.path"));
  }

  /** Starts it with those environment variables, on a free port; returns once it listens. */
  public static Program start(String name, Map<String, String> environment) {
    return start(name, environment, List.of());
  }

  /** The same with options such as {@code -Xmx96m}, which a native executable takes, too. */
  public static Program start(String name, Map<String, String> environment, List<String> options) {
    return startBy(command(options), name, environment);
  }

  /** The same by another command. */
  static Program startBy(List<String> command, String name, Map<String, String> environment) {
    Program program = launch(name, environment, command);
    try {
      Awaitility.await()
          .atMost(START_LIMIT)
          .until(
              () -> {
                if (!program.process.isAlive()) {
                  throw new IllegalStateException(name + " has ended:\n" + program.log());
                }
                return LISTENING.matcher(program.log()).find();
              });
    } catch (RuntimeException | Error e) {
      program.close();
      throw e;
    }
    return program;
  }

  /** Starts it and waits for nothing. */
  public static Program launch(String name, Map<String, String> environment) {
    return launch(name, environment, command());
  }

  private static Program launch(
      String name, Map<String, String> environment, List<String> command) {
    try {
      Path log = Files.createDirectories(Path.of("target", "programs")).resolve(name + ".log");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
      builder.environment().putAll(environment);
      builder.environment().putIfAbsent("QUARKUS_HTTP_PORT", "0");
      return new Program(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens. */
  public String url() {
    Matcher listening = LISTENING.matcher(log());
    if (!listening.find()) {
      throw new IllegalStateException("it does not listen");
    }
    return "http://localhost:" + listening.group(1);
  }

  /** Everything it has printed. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every error in it, with where it came from. */
  public String errors() {
    List<String> told = new ArrayList<>();
    boolean inside = false;
    for (String line : log().lines().toList()) {
      inside =
          line.startsWith("\t") || line.startsWith("Caused by") ? inside : line.contains(" ERROR ");
      if (inside) {
        told.add(line);
      }
    }
    return String.join("\n", told);
  }

  /** The process. */
  public Process process() {
    return process;
  }

  /** Sends it a signal, such as KILL, STOP or CONT. */
  public void signal(String name) {
    Signals.send(name, process.pid());
  }

  /** Its exit code, once it has ended by itself. */
  public int ended() {
    try {
      if (!process.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("it goes on:\n" + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    // One that stands still would not hear.
    signal("CONT");
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
