package ai.pathbound.identities.connect.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.LinkId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The states of a link and their ways out. */
class ConnectLinkTest {
  private static final Instant NOW = Instant.parse("2026-04-29T12:00:00Z");
  private static final Instant END = NOW.plus(Duration.ofMinutes(30));
  private static final LinkFacts FACTS =
      new LinkFacts(
          new TenantId("acme"),
          new LinkId(UUID.randomUUID()),
          new IdentityId(UUID.randomUUID()),
          NOW,
          END);
  private static final String MAC = "m".repeat(43);

  private static Opened opened() {
    return assertInstanceOf(Opened.class, Pending.create(FACTS).open(MAC, NOW));
  }

  private static Submitted submitted(Opened link) {
    return assertInstanceOf(Submitted.class, link.submit(new SessionId(UUID.randomUUID()), NOW));
  }

  @Test
  void aConsentBindsItToABrowser() {
    LinkSnapshot link = LinkSnapshot.of(opened());
    assertEquals(LinkStatus.OPENED, link.status());
    assertEquals(MAC, link.progress().browser().orElseThrow().mac());
    assertEquals(NOW, link.progress().browser().orElseThrow().since());
  }

  @Test
  void aStepAtTheEndOfItsTimeComesTooLate() {
    assertInstanceOf(Expired.class, Pending.create(FACTS).open(MAC, END));
    assertInstanceOf(Expired.class, opened().submit(new SessionId(UUID.randomUUID()), END));
    assertInstanceOf(Opened.class, Pending.create(FACTS).open(MAC, END.minusMillis(1)));
  }

  @Test
  void aLoginThatWasCompletedCompletesIt() {
    Completed done = submitted(opened()).complete();
    assertEquals(LinkStatus.COMPLETED, LinkSnapshot.of(done).status());
    assertTrue(done.usable().isEmpty());
  }

  @Test
  void aRefusedPasswordLeadsBackTwiceAndFailsTheThirdTime() {
    Opened link = opened();
    assertFalse(link.wasRefused());
    for (int left = 2; left >= 1; left--) {
      link =
          assertInstanceOf(Opened.class, submitted(link).fail(FailureReason.CREDENTIALS_REJECTED));
      assertTrue(link.wasRefused());
      assertEquals(left, link.submissionsLeft());
    }
    Failed failed =
        assertInstanceOf(Failed.class, submitted(link).fail(FailureReason.CREDENTIALS_REJECTED));
    assertEquals(FailureReason.CREDENTIALS_REJECTED, failed.reason());
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureReason.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = "CREDENTIALS_REJECTED")
  void anyOtherFailureEndsIt(FailureReason reason) {
    assertEquals(reason, assertInstanceOf(Failed.class, submitted(opened()).fail(reason)).reason());
  }

  @Test
  void whatARowKeepsRestoresEveryState() {
    Opened opened = opened();
    Submitted submitted = submitted(opened);
    for (ConnectLink link :
        new ConnectLink[] {
          Pending.create(FACTS),
          opened,
          submitted,
          submitted.fail(FailureReason.CREDENTIALS_REJECTED),
          submitted.complete(),
          submitted.fail(FailureReason.ACCOUNT_LOCKED),
          Pending.create(FACTS).expire(),
          submitted.revoke()
        }) {
      LinkSnapshot row = LinkSnapshot.of(link);
      assertEquals(link.getClass(), row.restore().getClass());
      assertEquals(row, LinkSnapshot.of(row.restore()));
      assertEquals(row.status().isTerminal(), link.usable().isEmpty());
    }
  }
}
