package ai.pathbound.identities.login.connector.webdriver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.SettableClock;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.connector.LoginStart;
import ai.pathbound.identities.login.connector.RecordingJournal;
import ai.pathbound.identities.login.connector.webdriver.standin.StandInLinkedIn;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.Country;
import ai.pathbound.identities.login.session.LoginOutcome;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Chromium and a stand-in for tests beyond the contract; none of them may leave a browser. */
abstract class RealBrowserTest {
  static final String PASSWORD = "correct horse battery staple";
  static final Duration PATIENCE = Duration.ofSeconds(90);

  @RegisterExtension
  static final FarmExtension<ChromeDriver> FARM = FarmExtension.ofReused(ChromeDriver::new);

  final SettableClock clock = new SettableClock(Instant.parse("2026-04-29T12:00:00Z"));
  private final List<RecordingJournal> journals = new ArrayList<>();
  StandInLinkedIn linkedIn;

  @BeforeEach
  void startLinkedIn() {
    linkedIn = new StandInLinkedIn(0, clock);
  }

  @AfterEach
  void closeWhatWasWrittenDown() {
    try (WebDriverConnector closing = connector(setup())) {
      journals.stream()
          .flatMap(journal -> journal.browsers().stream())
          .forEach(browser -> closing.abandon(browser).await().atMost(PATIENCE));
    }
    linkedIn.close();
    assertEquals(List.of(), browsersLeft(), "a browser is left");
  }

  /** The browsers that are open for a connector. */
  List<String> browsersLeft() {
    return FARM.handedOut();
  }

  WebDriverSetup setup() {
    return WebDriverSetup.forTests()
        .with("endpoint", FARM.endpoint())
        .with("base-url", linkedIn.address());
  }

  WebDriverConnector connector(WebDriverSetup setup) {
    return FARM.connector(setup);
  }

  static LoginStart start(Country country) {
    return new LoginStart(new SessionId(UUID.randomUUID()), country, Optional.empty());
  }

  RecordingJournal journal(String username) {
    return watched(RecordingJournal.withCredentials(username, PASSWORD));
  }

  RecordingJournal watched(RecordingJournal journal) {
    journals.add(journal);
    return journal;
  }

  LoginOutcome begin(String username) {
    return begin(setup(), journal(username));
  }

  LoginOutcome begin(WebDriverSetup setup, RecordingJournal journal) {
    try (WebDriverConnector connector = connector(setup)) {
      return outcomeOf(connector.begin(start(Country.DEFAULT), journal));
    }
  }

  LoginOutcome answer(BrowserHandle browser, String code) {
    try (WebDriverConnector connector = connector(setup())) {
      return outcomeOf(connector.answer(browser, RecordingJournal.withCode(code)));
    }
  }

  LoginOutcome look(BrowserHandle browser) {
    try (WebDriverConnector connector = connector(setup())) {
      return outcomeOf(connector.look(browser, RecordingJournal.withNothing()));
    }
  }

  static <T> T outcomeOf(Uni<T> step) {
    return step.await().atMost(PATIENCE);
  }
}
