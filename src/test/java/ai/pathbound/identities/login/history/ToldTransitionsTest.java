package ai.pathbound.identities.login.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.login.history.ToldTransitions.Transition;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The judge of messages, judged. */
class ToldTransitionsTest {
  private static final UUID SESSION = new UUID(1, 1);
  private static final Transition ASKED = new Transition(SESSION, 3, "awaiting_2fa");
  private static final Transition ASKED_ANEW = new Transition(SESSION, 4, "awaiting_2fa");
  private static final Transition COMPLETED = new Transition(SESSION, 7, "completed");
  private static final Transition FAILED = new Transition(SESSION, 7, "failed");

  private static void isFound(String complaint, List<Transition> happened, List<Transition> told) {
    List<String> complaints = ToldTransitions.complaints(happened, told);
    assertEquals(1, complaints.size(), complaints::toString);
    assertTrue(complaints.get(0).contains(complaint), complaints::toString);
  }

  @Test
  void oneMessageOfEachIsGood() {
    assertEquals(
        List.of(),
        ToldTransitions.complaints(
            List.of(ASKED, COMPLETED), List.of(COMPLETED, ASKED, ASKED_ANEW)));
  }

  @Test
  void aTransitionThatNobodyWasToldOfIsFound() {
    isFound("is told 0 times", List.of(ASKED, COMPLETED), List.of(ASKED));
  }

  @Test
  void aTransitionThatIsToldTwiceIsFound() {
    isFound("is told 2 times", List.of(COMPLETED), List.of(COMPLETED, COMPLETED));
  }

  @Test
  void aMessageOfWhatDidNotHappenIsFound() {
    isFound("did not happen", List.of(COMPLETED), List.of(COMPLETED, FAILED));
  }
}
