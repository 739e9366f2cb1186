package ai.pathbound.identities.login.connector.webdriver;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.login.connector.LoginLostException;
import ai.pathbound.identities.login.connector.RecordingJournal;
import ai.pathbound.identities.login.connector.RecordingJournal.Call;
import ai.pathbound.identities.login.connector.webdriver.protocol.ErrorCode;
import ai.pathbound.identities.login.connector.webdriver.protocol.WebDriverException;
import ai.pathbound.identities.login.session.Country;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.LoginOutcome.Refused;
import ai.pathbound.identities.login.session.LoginOutcome.SignedIn;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Farms that fail, and the ways out by country. */
@Tag("faults")
class BrowserFarmTest extends RealBrowserTest {

  @Override
  WebDriverSetup setup() {
    // Each browser is opened and closed.
    return super.setup().with("endpoint", FARM.farm().endpoint());
  }

  @Override
  List<String> browsersLeft() {
    return FARM.farm().sessions();
  }

  @Test
  void aFarmThatIsDownIsUnavailableAndTheCredentialsAreKept() {
    RecordingJournal journal = journal("ada@example.com");
    WebDriverException failure =
        assertThrows(
            WebDriverException.class,
            () -> begin(setup().with("endpoint", "http://127.0.0.1:1"), journal));
    assertEquals(ErrorCode.FARM_UNREACHABLE, failure.code());
    assertEquals(List.of(), journal.calls());
  }

  @Test
  void aFarmThatDoesNotAnswerIsUnavailableInTime() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      WebDriverSetup setup =
          setup()
              .with("endpoint", "http://127.0.0.1:" + silent.getLocalPort())
              .with("open-timeout", "300ms");
      assertThrows(
          LinkedInUnavailableException.class, () -> begin(setup, journal("ada@example.com")));
    }
  }

  @Test
  void aFarmThatOpensNoBrowserSaysWhyAndTheCredentialsAreKept() {
    RecordingJournal journal = journal("ada@example.com");
    WebDriverException failure =
        assertThrows(
            WebDriverException.class, () -> begin(setup().with("browser", "firefox"), journal));
    assertEquals(ErrorCode.SESSION_NOT_CREATED, failure.code());
    assertEquals(List.of(), journal.calls());
  }

  @Test
  void whatDoesNotSpeakWebDriverIsNoFarm() {
    WebDriverException failure =
        assertThrows(
            WebDriverException.class,
            () -> begin(setup().with("endpoint", linkedIn.address()), journal("ada@example.com")));
    assertEquals(ErrorCode.NOT_WEBDRIVER, failure.code());
  }

  @Test
  void aBrowserThatComesTooLateIsClosedAgain() {
    RecordingJournal journal = journal("ada@example.com");
    try (WebDriverConnector connector = connector(setup().with("open-timeout", "20ms"))) {
      assertThrows(
          LinkedInUnavailableException.class,
          () -> outcomeOf(connector.begin(start(Country.DEFAULT), journal)));
      await().atMost(PATIENCE).until(() -> !FARM.farm().browserProcesses().isEmpty());
      await().atMost(PATIENCE).until(() -> FARM.farm().browserProcesses().isEmpty());
    }
    assertEquals(List.of(), journal.calls());
  }

  @Test
  void aBrowserThatCouldNotBeWrittenDownIsClosed() {
    RecordingJournal journal = journal("ada@example.com").goneAt(1);
    assertThrows(LoginLostException.class, () -> begin(setup(), journal));
    assertEquals(List.of(), FARM.farm().sessions());
  }

  @Test
  void aBrowserLostBeforeThePasswordWasTakenIsNoInterruption() {
    linkedIn.hold("/login");
    RecordingJournal journal = journal("ada@example.com");
    try (WebDriverConnector connector = connector(setup())) {
      CompletableFuture<LoginOutcome> login =
          connector.begin(start(Country.DEFAULT), journal).subscribeAsCompletionStage();
      await().atMost(PATIENCE).until(() -> linkedIn.held() == 1);
      FARM.farm().killBrowsers();
      CompletionException failed = assertThrows(CompletionException.class, login::join);
      assertInstanceOf(WebDriverException.class, failed.getCause());
    }
    assertFalse(journal.calls().contains(Call.CREDENTIALS));
  }

  @Test
  void aFarmThatDiesAfterThePasswordWasSentIsUnavailableAndNothingIsSentAgain() {
    linkedIn.hold("/checkpoint/lg/login-submit");
    ChromeDriver dying = new ChromeDriver();
    RecordingJournal journal =
        RecordingJournal.withCredentials("ada@example.com", RealBrowserTest.PASSWORD);
    try (WebDriverConnector connector = connector(setup().with("endpoint", dying.endpoint()))) {
      CompletableFuture<LoginOutcome> login =
          connector.begin(start(Country.DEFAULT), journal).subscribeAsCompletionStage();
      await().atMost(PATIENCE).until(() -> linkedIn.held() == 1);
      dying.close();
      CompletionException failed = assertThrows(CompletionException.class, login::join);
      WebDriverException failure = assertInstanceOf(WebDriverException.class, failed.getCause());
      assertEquals(ErrorCode.FARM_UNREACHABLE, failure.code());
    }
    assertEquals(1, linkedIn.passwordsSent());
  }

  @Test
  void aBrowserLostAfterThePasswordWasSentInterruptsTheLogin() {
    linkedIn.slowFor(Duration.ofSeconds(8));
    try (WebDriverConnector connector = connector(setup())) {
      CompletableFuture<LoginOutcome> login =
          connector
              .begin(start(Country.DEFAULT), journal("ada+slow@example.com"))
              .subscribeAsCompletionStage();
      await().atMost(PATIENCE).until(() -> linkedIn.passwordsSent() == 1);
      FARM.farm().killBrowsers();
      assertEquals(new Refused(FailureReason.INTERRUPTED), login.join());
    }
    assertEquals(1, linkedIn.passwordsSent());
  }

  @Test
  void aBrowserLostDuringAChallengeInterruptsTheLogin() {
    LoginOutcome challenge = begin("ada+2fa@example.com");
    FARM.farm().killBrowsers();
    assertEquals(
        new Refused(FailureReason.INTERRUPTED),
        answer(challenge.browser().orElseThrow(), "123456"));
    assertEquals(new Refused(FailureReason.INTERRUPTED), look(challenge.browser().orElseThrow()));
  }

  @Test
  void aCountryWithoutAWayOutIsOutOfReachAndNoOthersIsUsed() {
    try (WebDriverConnector connector = connector(setup())) {
      Country elsewhere = new Country("DE");
      assertTrue(connector.reaches(Country.DEFAULT));
      assertFalse(connector.reaches(elsewhere));
      RecordingJournal journal = journal("ada@example.com");
      assertThrows(
          LinkedInUnavailableException.class,
          () -> outcomeOf(connector.begin(start(elsewhere), journal)));
      assertEquals(List.of(), journal.calls());
      assertEquals(0, linkedIn.requests());
    }
  }

  @Test
  void aCountrysBrowserGoesOutByItsProxy() {
    WebDriverSetup setup =
        setup()
            // No name server knows it: only the proxy leads there.
            .with("base-url", "http://www.linkedin.test")
            .with("countries.DE.proxy", linkedIn.asProxy());
    try (WebDriverConnector connector = connector(setup)) {
      assertInstanceOf(
          SignedIn.class,
          outcomeOf(connector.begin(start(new Country("DE")), journal("ada@example.com"))));
    }
  }

  @Test
  void noMoreBrowsersAreDrivenAtOnceThanAreAllowed() {
    linkedIn.hold("/checkpoint/lg/login-submit");
    try (WebDriverConnector connector = connector(setup().with("max-browsers", 2))) {
      List<CompletableFuture<LoginOutcome>> logins = new ArrayList<>();
      for (int i : IntStream.range(0, 5).toArray()) {
        RecordingJournal journal = journal("ada" + i + "@example.com");
        Uni<LoginOutcome> login =
            connector
                .begin(start(Country.DEFAULT), journal)
                .call(() -> connector.abandon(journal.browser().orElseThrow()));
        logins.add(login.subscribeAsCompletionStage());
      }
      await().atMost(PATIENCE).until(() -> linkedIn.held() == 2);
      // Both places are taken; whoever would be let in now opens a browser within that time.
      await()
          .during(Duration.ofSeconds(2))
          .atMost(PATIENCE)
          .until(() -> FARM.farm().browsers().size() == 2);
      linkedIn.release();
      logins.forEach(login -> assertInstanceOf(SignedIn.class, login.join()));
    }
    assertEquals(2, linkedIn.held());
    assertEquals(5, linkedIn.passwordsSent());
  }
}
