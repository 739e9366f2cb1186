package ai.pathbound.identities.login.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.secret.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemberTest {
  private static final Member ADA = new Member(Secret.of("ada"));
  private static final Member EVE = new Member(Secret.of("eve"));

  @Test
  void whoeverIsKeptComesBackAsItWas() {
    for (Member member : List.of(ADA, ADA.asPresumed(), Member.unknown())) {
      assertEquals(member, Member.of(member.kept()));
    }
  }

  @Test
  void whoIsPresumedHasANameAndIsNotKnown() {
    assertTrue(ADA.isKnown());
    assertFalse(ADA.asPresumed().isKnown());
    assertTrue(ADA.asPresumed().isNamed());
    assertFalse(Member.unknown().isNamed());
  }

  @Test
  void onlyTwoNamesThatDifferAreOfTwoMembers() {
    assertTrue(EVE.isAnotherThan(ADA.asPresumed()));
    assertFalse(ADA.isAnotherThan(ADA.asPresumed()));
    assertFalse(ADA.isAnotherThan(Member.unknown()));
    assertFalse(Member.unknown().isAnotherThan(ADA));
  }
}
