package ai.pathbound.identities.program;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The packaged program answers with the API document of the build, and has not read it. */
@Tag("faults")
class ApiDocumentIT {
  private static final String PARSER = "org.yaml.snakeyaml.";

  /** By the log of the JVM's classes; the same code makes the executable. */
  @Test
  void theDocumentIsNotReadToBeServed() throws IOException {
    assumeTrue(Program.isJar());
    Path classes = Path.of("target", "programs", "api-document.classes").toAbsolutePath();
    Files.deleteIfExists(classes);
    try (ProductionEnvironment surroundings = ProductionEnvironment.start(Map.of());
        Program program =
            Program.start(
                "api-document",
                surroundings.environment(),
                List.of("-Xlog:class+load:file=" + classes))) {
      String served = given().get(program.url() + "/q/openapi").then().extract().asString();
      assertTrue(served.contains("/v1/identities"), served);
      String loaded = Files.readString(classes);
      assertTrue(loaded.contains("BuiltOpenApiDocuments"));
      assertFalse(loaded.contains(PARSER));
    }
  }
}
