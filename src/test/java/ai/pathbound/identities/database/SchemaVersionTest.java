package ai.pathbound.identities.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;

class SchemaVersionTest {
  private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
  private static final Pattern VERSIONED = Pattern.compile("V(.+?)__.*\\.sql");

  private final SchemaVersion schema = new SchemaVersion(null);

  @Test
  void readyWaitsForTheNewestMigration() throws IOException {
    try (Stream<Path> files = Files.list(MIGRATIONS)) {
      Optional<MigrationVersion> newest =
          files
              .map(file -> VERSIONED.matcher(file.getFileName().toString()))
              .filter(Matcher::matches)
              .map(file -> MigrationVersion.fromVersion(file.group(1)))
              .max(MigrationVersion::compareTo);
      assertEquals(newest, Optional.of(schema.needed()));
    }
  }

  @Test
  void anOlderOrAbsentSchemaDoesNotSufficeAndANewerDoes() {
    assertFalse(SchemaVersion.suffices(Optional.empty()));
    assertFalse(SchemaVersion.suffices(Optional.of(MigrationVersion.fromVersion("1"))));
    assertTrue(SchemaVersion.suffices(Optional.of(schema.needed())));
    assertTrue(SchemaVersion.suffices(Optional.of(MigrationVersion.fromVersion("1000"))));
  }
}
