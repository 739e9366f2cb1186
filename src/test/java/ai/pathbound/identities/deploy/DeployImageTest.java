package ai.pathbound.identities.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator names the image in one place, and that one runs. */
class DeployImageTest {
  private static final Path DEPLOY = Path.of("deploy");
  private static final String EDITED = "components/production-settings/kustomization.yaml";
  private static final String NEW_NAME = "newName: registry.example.com/identities\n";

  @TempDir Path copy;

  @BeforeAll
  static void withKubectl() {
    Kubectl.require();
  }

  private static JsonNode kustomization(Path deploy) throws IOException {
    return Kubectl.parse(Files.readString(deploy.resolve(EDITED))).get(0);
  }

  private static List<String> faults(Path deploy, String overlay) throws IOException {
    return ImageRules.faults(production(deploy, overlay), kustomization(deploy));
  }

  private static Rendered production(Path deploy, String overlay) {
    return new Rendered(Kubectl.render(deploy.resolve("overlays").resolve(overlay)));
  }

  /** deploy/, with a line of the file that names the image put otherwise. */
  private Path edited(String line, String otherwise) throws IOException {
    try (var files = Files.walk(DEPLOY)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = copy.resolve(DEPLOY.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    String text = Files.readString(copy.resolve(EDITED));
    assertTrue(text.contains(line), line);
    Files.writeString(copy.resolve(EDITED), text.replace(line, otherwise));
    return copy;
  }

  @ParameterizedTest
  @ValueSource(strings = {"production", "production-keda"})
  void productionRunsTheImageThatItsSettingsName(String overlay) throws IOException {
    assertEquals(List.of(), faults(DEPLOY, overlay));
  }

  @Test
  void theImageIsAnothersOnceItsNewNameAndDigestAre() throws IOException {
    String digest = "@sha256:" + "0".repeat(64);
    Path mine =
        edited(
            NEW_NAME, "newName: registry.acme.test/ids\n    digest: " + digest.substring(1) + "\n");
    assertEquals(List.of(), faults(mine, "production"));
    JsonNode pod = Rendered.pod(production(mine, "production").identities());
    for (JsonNode container : Rendered.containers(pod)) {
      String image = container.path("image").asText();
      assertTrue(image.startsWith("registry.acme.test/ids"), image);
      assertTrue(image.endsWith(digest), image);
    }
  }

  @Test
  void anEntryOfImagesThatMatchesNoneIsFound() throws IOException {
    Path mine = edited("name: identities\n    " + NEW_NAME, "name: registry.acme.test/ids\n");
    List<String> faults = faults(mine, "production");
    assertTrue(faults.get(0).startsWith("nothing runs the image of {"), faults::toString);
    assertTrue(faults.contains("no entry of images names identities"), faults::toString);
  }
}
