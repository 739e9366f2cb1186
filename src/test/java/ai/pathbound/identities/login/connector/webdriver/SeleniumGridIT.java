package ai.pathbound.identities.login.connector.webdriver;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.LogRecorder;
import ai.pathbound.identities.SettableClock;
import ai.pathbound.identities.id.ProfileId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.connector.LoginStart;
import ai.pathbound.identities.login.connector.RecordingJournal;
import ai.pathbound.identities.login.connector.SessionUse;
import ai.pathbound.identities.login.connector.webdriver.standin.LoginShape;
import ai.pathbound.identities.login.connector.webdriver.standin.StandInLinkedIn;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.Country;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.LoginOutcome.CodeRequired;
import ai.pathbound.identities.login.session.LoginOutcome.Refused;
import ai.pathbound.identities.login.session.LoginOutcome.SignedIn;
import ai.pathbound.identities.login.session.StoredSession;
import ai.pathbound.identities.login.store.OrphanedBrowsers;
import ai.pathbound.identities.login.worker.OrphanedBrowserSweeper;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Selenium Grid as the farm, with its hub and its node in processes of their own. */
@Tag("faults")
class SeleniumGridIT {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @RegisterExtension
  static final FarmExtension<SeleniumGrid> FARM = new FarmExtension<>(SeleniumGrid::new);

  private final Clock clock = new SettableClock(Instant.now());
  private StandInLinkedIn linkedIn;

  @BeforeEach
  void startLinkedIn() {
    linkedIn = new StandInLinkedIn(0, clock);
  }

  @AfterEach
  void everyBrowserWasClosed() {
    linkedIn.close();
    await().atMost(PATIENCE).until(() -> FARM.farm().open().isEmpty());
  }

  private WebDriverConnector replica() {
    return replica(WebDriverSetup.forTests());
  }

  private WebDriverConnector replica(WebDriverSetup setup) {
    return FARM.connector(
        setup
            .with("endpoint", FARM.farm().endpoint())
            .with("base-url", linkedIn.address())
            .with("landing-timeout", "60s"));
  }

  private static LoginOutcome begin(WebDriverConnector replica, RecordingJournal journal) {
    LoginStart start =
        new LoginStart(new SessionId(UUID.randomUUID()), Country.DEFAULT, Optional.empty());
    return replica.begin(start, journal).await().atMost(PATIENCE);
  }

  private static RecordingJournal credentials(String username) {
    return RecordingJournal.withCredentials(username, "correct horse battery staple");
  }

  private static BrowserHandle challenged(WebDriverConnector replica) {
    LoginOutcome asked = begin(replica, credentials("ada+2fa@example.com"));
    return assertInstanceOf(CodeRequired.class, asked).at();
  }

  private static void close(WebDriverConnector replica, BrowserHandle browser) {
    replica.abandon(browser).await().atMost(PATIENCE);
  }

  @Test
  void aLoginGoesOnInAnotherReplica() {
    BrowserHandle browser;
    try (WebDriverConnector one = replica()) {
      browser = challenged(one);
    }
    try (WebDriverConnector other = replica()) {
      LoginOutcome outcome =
          other.answer(browser, RecordingJournal.withCode("123456")).await().atMost(PATIENCE);
      assertInstanceOf(SignedIn.class, outcome);
      close(other, browser);
      close(other, browser);
    }
    assertEquals(1, linkedIn.passwordsSent());
  }

  @Test
  void aRenewedSessionAnUnknownPageAndASignOutAreTheSameOverAGrid() {
    linkedIn.shape(LoginShape.FORMLESS_COPIES);
    try (WebDriverConnector replica = replica();
        LogRecorder log = LogRecorder.ofEverything()) {
      RecordingJournal journal = credentials("ada+renew+asksfirst+behind@example.com");
      StoredSession won = assertInstanceOf(SignedIn.class, begin(replica, journal)).session();
      close(replica, journal.browser().orElseThrow());

      RecordingJournal checking = RecordingJournal.withNothing();
      assertTrue(replica.check(use(won), checking).await().atMost(PATIENCE));
      StoredSession renewed = checking.session().orElseThrow();
      assertFalse(linkedIn.honoursOneIn(won.content().reveal()), "it was not renewed");
      assertTrue(linkedIn.honoursOneIn(renewed.content().reveal()), "a void session is kept");

      assertTrue(replica.signOut(use(renewed), checking).await().atMost(PATIENCE));
      assertEquals(0, linkedIn.sessions());

      RecordingJournal unknown = credentials("ada+odd@example.com");
      assertEquals(new Refused(FailureReason.UNKNOWN_CHALLENGE), begin(replica, unknown));
      close(replica, unknown.browser().orElseThrow());
      assertTrue(log.lines().stream().anyMatch(line -> line.contains("input type=tel name=otp")));
    }
    assertEquals(2, linkedIn.passwordsSent());
    assertEquals(0, linkedIn.passwordsInAddresses());
  }

  private static SessionUse use(StoredSession session) {
    return new SessionUse(new ProfileId(UUID.randomUUID()), session, Country.DEFAULT, false);
  }

  @Test
  void aFullGridIsUnavailableInTimeAndABrowserThatComesTooLateIsClosed() {
    String foreign = FARM.farm().openBrowser("somebody else's");
    try (WebDriverConnector one = replica();
        WebDriverConnector hasty = replica(WebDriverSetup.forTests().with("open-timeout", "1s"))) {
      BrowserHandle taken = challenged(one);
      RecordingJournal journal = credentials("eve@example.com");
      assertThrows(LinkedInUnavailableException.class, () -> begin(hasty, journal));
      assertEquals(List.of(), journal.calls());
      close(one, taken);
      // Its request is still in the grid's queue, and gets a browser now.
      await().atMost(PATIENCE).until(() -> FARM.farm().open().equals(List.of("somebody else's")));
    } finally {
      FARM.farm().closeBrowser(foreign);
    }
    assertEquals(1, linkedIn.passwordsSent());
  }

  @Test
  void theBrowserOfALoginThatIsOverIsSweptAndSomebodyElsesIsLeft() {
    String foreign = FARM.farm().openBrowser("somebody else's");
    String login = new SessionId(UUID.randomUUID()).toString();
    // As if its replica had died before it could write it down.
    FARM.farm().openBrowser(Farm.LABEL + login);
    SettableClock later = new SettableClock(Instant.now());
    try (WebDriverConnector other = replica()) {
      OrphanedBrowserSweeper sweeper = new OrphanedBrowserSweeper(other, new AllAreOver(), later);
      sweeper.sweep().await().atMost(PATIENCE);
      assertEquals(2, FARM.farm().open().size(), "it may still be written down");
      later.advance(OrphanedBrowserSweeper.GRACE.multipliedBy(2));
      sweeper.sweep().await().atMost(PATIENCE);
      // The hub hears of a closed browser from its node, a moment after the answer.
      await().atMost(PATIENCE).until(() -> FARM.farm().open().equals(List.of("somebody else's")));
    } finally {
      FARM.farm().closeBrowser(foreign);
    }
  }

  /** A database in which every login is over. */
  private static final class AllAreOver extends OrphanedBrowsers {
    AllAreOver() {
      super(null);
    }

    @Override
    public Uni<Set<String>> finished(Collection<SessionId> logins, Instant opened, Instant before) {
      return Uni.createFrom()
          .item(logins.stream().map(SessionId::toString).collect(Collectors.toSet()));
    }

    @Override
    public Uni<Set<String>> known(Collection<ProfileId> profiles) {
      return Uni.createFrom().item(Set.of());
    }
  }
}
