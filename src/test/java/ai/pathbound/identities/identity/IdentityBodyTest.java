package ai.pathbound.identities.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.pathbound.identities.problem.RefusalException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts of an identity's body. */
class IdentityBodyTest {
  private static IdentityBody roles(String role, String jobTitle) {
    return new IdentityBody(null, null, role, jobTitle);
  }

  private static List<String> fields(RefusalException refusal) {
    return refusal.details().stream().map(RefusalException.Detail::field).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "CEO,,CEO",
    ",CEO,CEO",
    "CEO,CEO,CEO",
    "CEO,' CEO ',CEO",
    "CTO,CEO,CEO",
    "CEO,CTO,CEO",
    "' CTO ',CEO,CEO",
    "CTO,CTO,CTO",
    "cto,CTO,cto"
  })
  void onAnUpdateTheNameThatDiffersFromWhatIsStoredCounts(
      String role, String jobTitle, String counts) {
    assertEquals(Optional.of(counts), roles(role, jobTitle).asChanges("CTO").role());
  }

  @Test
  void onAnUpdateTwoThatDifferFromEachOtherAndFromWhatIsStoredAreRefused() {
    RefusalException refusal =
        assertThrows(RefusalException.class, () -> roles("CEO", "COO").asChanges("CTO"));
    assertEquals("invalid_request", refusal.code());
    assertEquals(List.of("jobTitle"), fields(refusal));
  }

  @Test
  void onACreationTwoThatDifferAreRefused() {
    RefusalException refusal =
        assertThrows(
            RefusalException.class,
            () -> new IdentityBody("Ada", "Lovelace", "CTO", "CEO").asNew());
    assertEquals(List.of("jobTitle"), fields(refusal));
  }

  @Test
  void aTextThatShowsNothingIsRefusedInEveryField() {
    String hidden = "\u200B\u3164";
    assertEquals(
        List.of("firstName", "lastName", "role"),
        fields(
            assertThrows(
                RefusalException.class,
                () -> new IdentityBody(hidden, hidden, hidden, null).asNew())));
    assertEquals(
        List.of("jobTitle"),
        fields(assertThrows(RefusalException.class, () -> roles(null, hidden).asChanges("CTO"))));
    assertEquals(
        Optional.of("\u200BAda"),
        new IdentityBody(" \u200BAda ", null, null, null).asChanges("CTO").firstName());
  }
}
