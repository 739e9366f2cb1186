package ai.pathbound.identities.login.connector;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.fail;

import ai.pathbound.identities.id.ProfileId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.Country;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.LoginOutcome.CodeRequired;
import ai.pathbound.identities.login.session.LoginOutcome.ConfirmationRequired;
import ai.pathbound.identities.login.session.LoginOutcome.SignedIn;
import ai.pathbound.identities.login.session.StoredSession;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** What a connector brings to its contract, and the steps that the contract's tests are made of. */
abstract class ConnectorHarness {
  protected static final String PASSWORD = "correct horse battery staple";
  protected static final String RIGHT_CODE = "123456";
  protected static final String WRONG_CODE = "654321";

  /** Whose session is checked: a label. */
  protected static final ProfileId PROFILE = new ProfileId(UUID.randomUUID());

  private final List<RecordingJournal> journals = new CopyOnWriteArrayList<>();

  /**
   * A new connector, as on another replica: it shares LinkedIn and the browsers with those made
   * before in the same test, and nothing in memory.
   */
  protected abstract LinkedInConnector connector();

  /** Lets time pass at LinkedIn: a fake clock moves, a real one is waited for. */
  protected abstract void advance(Duration duration);

  /** How long after it was raised LinkedIn gives an approval or an e-mail link by itself. */
  protected abstract Duration confirmAfter();

  /** The longest that one call of the connector may take. */
  protected Duration patience() {
    return Duration.ofSeconds(10);
  }

  /** How often LinkedIn was sent a password in this test; empty where there is nobody to count. */
  protected OptionalInt passwordsSent() {
    return OptionalInt.empty();
  }

  /** How often LinkedIn was asked to send again in this test; empty where nobody counts. */
  protected OptionalInt resends() {
    return OptionalInt.empty();
  }

  /** How many browsers are open now; empty where there are none. */
  protected OptionalInt browsersOpen() {
    return OptionalInt.empty();
  }

  /** Closes what a test left open, as the core does for every browser it was told of. */
  @AfterEach
  void abandonEveryBrowser() {
    LinkedInConnector closing = connector();
    journals.stream()
        .flatMap(journal -> journal.browsers().stream())
        .distinct()
        .forEach(browser -> closing.abandon(browser).await().atMost(patience()));
  }

  protected RecordingJournal credentialsOf(String username) {
    return watched(RecordingJournal.withCredentials(username, PASSWORD));
  }

  protected RecordingJournal codeOf(String code) {
    return watched(RecordingJournal.withCode(code));
  }

  /** Of a login in which something shall be pressed. */
  protected RecordingJournal request() {
    return watched(RecordingJournal.withRequest());
  }

  protected RecordingJournal nothing() {
    return watched(RecordingJournal.withNothing());
  }

  private RecordingJournal watched(RecordingJournal journal) {
    journals.add(journal);
    return journal;
  }

  /** A login with credentials. */
  protected static LoginStart start() {
    return start(Optional.empty());
  }

  /** A login with a stored session. */
  protected static LoginStart start(StoredSession session) {
    return start(Optional.of(session));
  }

  private static LoginStart start(Optional<StoredSession> session) {
    return new LoginStart(new SessionId(UUID.randomUUID()), Country.DEFAULT, session);
  }

  protected <T> T outcomeOf(Uni<T> step) {
    return step.await().atMost(patience());
  }

  protected LoginOutcome begin(String username) {
    return outcomeOf(connector().begin(start(), credentialsOf(username)));
  }

  protected boolean check(StoredSession session) {
    return check(session, nothing());
  }

  protected boolean check(StoredSession session, RecordingJournal journal) {
    SessionUse use = new SessionUse(PROFILE, session, Country.DEFAULT, false);
    return outcomeOf(connector().check(use, journal));
  }

  protected boolean signOut(StoredSession session) {
    SessionUse use = new SessionUse(PROFILE, session, Country.DEFAULT, false);
    return outcomeOf(connector().signOut(use, nothing()));
  }

  protected LoginOutcome answer(LoginOutcome challenge, String code) {
    return outcomeOf(connector().answer(challenge.browser().orElseThrow(), codeOf(code)));
  }

  protected LoginOutcome look(BrowserHandle browser) {
    return outcomeOf(connector().look(browser, nothing()));
  }

  /** Starts a step whose worker dies in the middle: it reaches its crash and nothing after. */
  protected void crash(Uni<LoginOutcome> step, RecordingJournal journal, int calls) {
    CompletableFuture<LoginOutcome> outcome = step.subscribeAsCompletionStage();
    await().atMost(patience()).until(() -> journal.calls().size() >= calls || outcome.isDone());
    if (outcome.isDone()) {
      fail("ended before it could crash: " + outcome.join());
    }
    outcome.cancel(true);
  }

  /** Lets the approval be given and looks until it is noticed: a real page needs a moment. */
  protected LoginOutcome afterConfirmation(ConfirmationRequired challenge) {
    advance(confirmAfter());
    return await()
        .atMost(patience().toMillis(), TimeUnit.MILLISECONDS)
        .until(
            () -> look(challenge.at()),
            found ->
                !(found instanceof ConfirmationRequired again) || again.kind() != challenge.kind());
  }

  protected static CodeRequired assertAsks(
      ChallengeKind kind, boolean wrong, LoginOutcome outcome) {
    CodeRequired asked = assertInstanceOf(CodeRequired.class, outcome);
    assertSameKind(kind, asked.kind());
    if (asked.wrong() != wrong) {
      fail(
          "the last code was " + (wrong ? "" : "not ") + "wrong, and the connector says otherwise");
    }
    return asked;
  }

  protected static ConfirmationRequired assertWaits(ChallengeKind kind, LoginOutcome outcome) {
    ConfirmationRequired waiting = assertInstanceOf(ConfirmationRequired.class, outcome);
    assertSameKind(kind, waiting.kind());
    return waiting;
  }

  protected static SignedIn assertSignedIn(LoginOutcome outcome) {
    SignedIn signedIn = assertInstanceOf(SignedIn.class, outcome);
    assertNotNull(signedIn.member());
    assertNotNull(signedIn.session());
    return signedIn;
  }

  private static void assertSameKind(ChallengeKind expected, ChallengeKind found) {
    if (expected != found) {
      fail("expected " + expected + ", found " + found);
    }
  }
}
