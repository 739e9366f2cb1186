package ai.pathbound.identities.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.id.Ids;
import ai.pathbound.identities.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The version of an identity and its entity tag. */
class IdentityVersionTest {
  private static final Instant NOW = Instant.parse("2026-04-29T12:00:00.000Z");
  private static final IdentityChanges CHANGES =
      new IdentityChanges(Optional.of("Augusta"), Optional.empty(), Optional.empty());

  private final Identity identity =
      new Identity(
          new TenantId("acme"),
          new Ids(Clock.systemUTC()).identity(),
          new NewIdentity("Ada", "Lovelace", "CTO"),
          NOW);

  @Test
  void twoChangesWithinAMillisecondAreTwoVersions() {
    identity.change(CHANGES, NOW);
    assertEquals(NOW.plusMillis(1), identity.updatedAt());
    identity.change(CHANGES, NOW);
    assertEquals(NOW.plusMillis(2), identity.updatedAt());
  }

  @Test
  void aReplicaWhoseClockIsBehindCannotTurnTheVersionBack() {
    identity.change(CHANGES, NOW.plusSeconds(10));
    identity.change(CHANGES, NOW);
    assertEquals(NOW.plusSeconds(10).plusMillis(1), identity.updatedAt());
    identity.change(CHANGES, NOW.plusSeconds(20));
    assertEquals(NOW.plusSeconds(20), identity.updatedAt());
  }

  @Test
  void theRestFollowsFromEveryByteOfTheBody() {
    IdentityTag tag = IdentityTag.of(NOW, "{\"checked_at\":1}");
    assertEquals(tag, IdentityTag.of(NOW, "{\"checked_at\":1}"));
    IdentityTag other = IdentityTag.of(NOW, "{\"checked_at\":2}");
    assertEquals(tag.version(), other.version());
    assertNotEquals(tag.rest(), other.rest());
    assertEquals("\"1777464000000." + tag.rest() + "\"", tag.toString());
  }

  @Test
  void ofATagTheVersionAloneIsCompared() {
    for (String same : new String[] {"1777464000000.x", "1777464000000.", "1777464000000"}) {
      assertTrue(IdentityTag.isOfVersion(same, NOW), same);
    }
    for (String other : new String[] {"1777464000001.x", "177746400000", "", ".x", "x"}) {
      assertFalse(IdentityTag.isOfVersion(other, NOW), other);
    }
  }
}
