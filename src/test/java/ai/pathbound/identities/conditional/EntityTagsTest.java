package ai.pathbound.identities.conditional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lists of RFC 9110, sections 13.1.1 and 13.1.2. */
class EntityTagsTest {
  private static EntityTags tags(String... lines) {
    return EntityTags.of(List.of(lines)).orElseThrow();
  }

  @Test
  void anAbsentHeaderIsNoCondition() {
    assertTrue(EntityTags.of(null).isEmpty());
    assertTrue(EntityTags.of(List.of()).isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "\"a\"|true|true",
        "W/\"a\"|true|false",
        "\"b\", \"a\"|true|true",
        "\"b\",W/\"a\"|true|false",
        "  \"b\" ,\t\"a\"  |true|true",
        ",, \"a\" ,|true|true",
        "*|true|true",
        "\"a,b\"|false|false",
        "\"*\"|false|false",
        "a|false|false",
        "\"a|false|false",
        "w/\"a\"|false|false",
        "\"A\"|false|false",
        "\"\"|false|false",
        "''|false|false"
      })
  void weakTagsCountForReadingAndStrongOnesForWriting(String line, boolean read, boolean write) {
    assertEquals(read, tags(line).include("a"));
    assertEquals(write, tags(line).includeStrong("a"::equals));
  }

  @Test
  void severalLinesAreOneList() {
    EntityTags tags = tags("\"a\", W/\"b\"", "\"c\"");
    assertEquals(new EntityTags(false, Set.of("a", "c"), Set.of("b")), tags);
    assertFalse(tags.isEmpty());
    assertTrue(tags("nonsense").isEmpty());
  }
}
