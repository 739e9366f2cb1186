package ai.pathbound.identities.login.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.SettableClock;
import ai.pathbound.identities.id.ProfileId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.connector.LinkedInConnector;
import ai.pathbound.identities.login.connector.OpenBrowser;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.store.OrphanedBrowsers;
import ai.pathbound.identities.secret.Secret;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which of the browsers that a farm tells of are closed. */
@QuarkusTest
class OrphanedBrowserSweeperTest {
  @Inject OrphanedBrowsers strays;

  // The database's time, by which logins end; that of the program under test may be ahead.
  private final Clock clock = Clock.systemUTC();
  private final Client client = Client.ofNewTenant();
  private final List<OpenBrowser> open = new ArrayList<>();
  private final List<String> closed = new ArrayList<>();
  private Instant opened;

  @BeforeEach
  void now() {
    opened = clock.instant();
  }

  /** Another farm's connector: what it lists is {@link #open}. */
  private LinkedInConnector farm() {
    return (LinkedInConnector)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {LinkedInConnector.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "openBrowsers" -> Uni.createFrom().item(open);
                  case "abandon" -> {
                    closed.add(((BrowserHandle) arguments[0]).content().reveal());
                    yield Uni.createFrom().voidItem();
                  }
                  default -> throw new IllegalStateException(method.getName());
                });
  }

  private void isOpen(String label, Instant since) {
    open.add(new OpenBrowser(label, since, new BrowserHandle(Secret.of(label))));
  }

  private void sweepAfter(Duration time) {
    SettableClock later = new SettableClock(clock.instant().plus(time));
    new OrphanedBrowserSweeper(farm(), strays, later)
        .sweep()
        .await()
        .atMost(Duration.ofSeconds(30));
  }

  @Test
  void theBrowserOfALoginThatIsOverIsClosedAfterAWhile() {
    String ended = client.connect(client.newIdentity(), "ada@example.com");
    isOpen(ended, opened);
    sweepAfter(OrphanedBrowserSweeper.GRACE.minusMinutes(1));
    assertEquals(List.of(), closed);
    sweepAfter(OrphanedBrowserSweeper.GRACE.plusMinutes(1));
    assertEquals(List.of(ended), closed);
  }

  @Test
  void theBrowserOfALoginUnderWayIsLeft() {
    String identity = client.newIdentity();
    String waiting = client.loggingIn(identity, "ada+2fa@example.com");
    client.settled(identity, waiting);
    isOpen(waiting, opened);
    sweepAfter(Duration.ofMinutes(9));
    assertEquals(List.of(), closed);
  }

  @Test
  void theBrowserOfAnOldCheckOfOursIsClosedAndAYoungOneIsLeft() {
    String identity = client.newIdentity();
    client.connect(identity, "ada@example.com");
    String profile = client.identity(identity).getString("identity.linkedin.profile_id");
    isOpen(profile, opened);
    isOpen(profile, opened.plus(OrphanedBrowserSweeper.GRACE));
    sweepAfter(OrphanedBrowserSweeper.GRACE.plusMinutes(1));
    assertEquals(List.of(profile), closed);
  }

  @Test
  void whatThisInstallationDoesNotKnowIsSomebodyElses() {
    isOpen(new SessionId(UUID.randomUUID()).toString(), opened);
    isOpen(new ProfileId(UUID.randomUUID()).toString(), opened);
    isOpen("no id", opened);
    sweepAfter(Duration.ofHours(1));
    assertEquals(List.of(), closed);
  }
}
