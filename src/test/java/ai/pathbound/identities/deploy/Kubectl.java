package ai.pathbound.identities.deploy;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The {@code kubectl} on the PATH, which renders deploy/ as an operator's does. */
final class Kubectl {
  /** The first whose kustomize knows components well enough. */
  private static final int OLDEST_MINOR = 21;

  private static final ObjectMapper JSON = new ObjectMapper();

  private Kubectl() {}

  /**
   * Ends the test as skipped, with a line in the build's output, where there is no kubectl 1.21 or
   * newer; as failed where {@code identities.tests.require-tools} or {@code REQUIRE_TOOLS} is true.
   */
  static void require() {
    String fault = fault();
    if (fault.isEmpty()) {
      return;
    }
    if (Boolean.getBoolean("identities.tests.require-tools")
        || Boolean.parseBoolean(System.getenv("REQUIRE_TOOLS"))) {
      fail(fault);
    }
    System.out.println("SKIPPED: deploy/ is not checked, " + fault);
    abort(fault);
  }

  private static String fault() {
    try {
      JsonNode version = JSON.readTree(run("version", "--client", "--output=json"));
      String minor = version.at("/clientVersion/minor").asText().replaceAll("\\D", "");
      return !minor.isEmpty() && Integer.parseInt(minor) >= OLDEST_MINOR
          ? ""
          : "kubectl 1." + OLDEST_MINOR + " or newer is needed, this one is 1." + minor;
    } catch (IOException absent) {
      return "kubectl is not on the PATH";
    }
  }

  /** The objects that {@code kubectl apply -k} would send for a folder. */
  static List<JsonNode> render(Path folder) {
    try {
      return parse(run("kustomize", folder.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The documents of a YAML text, its aliases resolved; a key given twice is an error. */
  static List<JsonNode> parse(String yaml) {
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    List<JsonNode> documents = new ArrayList<>();
    for (Object document : new Yaml(new SafeConstructor(options)).loadAll(yaml)) {
      documents.add(JSON.valueToTree(document));
    }
    return documents;
  }

  private static String run(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("kubectl"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (InputStream out = process.getInputStream()) {
      String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (code != 0) {
        fail(String.join(" ", command) + " ended with " + code);
      }
      return text;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
