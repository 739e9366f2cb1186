package ai.pathbound.identities.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;

class SchemaVersionTest {
  private static Optional<MigrationVersion> version(String text) {
    return Optional.of(MigrationVersion.fromVersion(text));
  }

  @Test
  void theNewestIsByNumberAndNotByText() {
    assertEquals(
        version("10"),
        SchemaVersion.newest(
            List.of("V9__a.sql", "V10__b.sql", "afterMigrate.sql", "V2.1__c.sql")));
    assertEquals(Optional.empty(), SchemaVersion.newest(List.of("afterMigrate.sql")));
  }

  @Test
  void anOlderOrAbsentSchemaDoesNotSufficeAndANewerDoes() {
    assertFalse(SchemaVersion.suffices(Optional.empty(), version("1")));
    assertFalse(SchemaVersion.suffices(version("9"), version("10")));
    assertTrue(SchemaVersion.suffices(version("10"), version("10")));
    assertTrue(SchemaVersion.suffices(version("11"), version("10")));
    assertTrue(SchemaVersion.suffices(Optional.empty(), Optional.empty()));
  }
}
