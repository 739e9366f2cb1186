package ai.pathbound.identities.login.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.login.history.Change.Write;
import ai.pathbound.identities.login.session.LoginStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The judge of histories, judged: it passes a good one and finds each thing that is broken. */
class HistoryCheckTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant SENT = START.plusSeconds(1);
  private static final Duration LEASE = Duration.ofSeconds(3);
  private static final HistoryCheck.TakeOver SOON =
      new HistoryCheck.TakeOver(START, Duration.ofSeconds(7));

  private final List<Change> history = new ArrayList<>();
  private long second;

  private HistoryCheckTest write(
      long epoch, String worker, LoginStatus status, Instant sent, boolean password) {
    return write(epoch, worker, Duration.ZERO, status, sent, password);
  }

  private HistoryCheckTest write(
      long epoch,
      String worker,
      Duration dueIn,
      LoginStatus status,
      Instant sent,
      boolean password) {
    Instant at = START.plusSeconds(second++);
    boolean due = worker == null && !status.isTerminal();
    history.add(
        new Change(
            at,
            "s",
            history.isEmpty() ? Write.INSERT : Write.UPDATE,
            epoch,
            Optional.ofNullable(worker),
            worker == null ? Optional.empty() : Optional.of(at.plus(LEASE)),
            due ? Optional.of(at.plus(dueIn)) : Optional.empty(),
            status,
            Optional.ofNullable(sent),
            password,
            0,
            Optional.empty()));
    return this;
  }

  private HistoryCheckTest queued() {
    return write(0, null, LoginStatus.QUEUED, null, true);
  }

  private HistoryCheckTest claimed() {
    return queued().write(1, "a", LoginStatus.RUNNING, null, true);
  }

  private HistoryCheckTest sent() {
    return claimed().write(1, "a", LoginStatus.RUNNING, SENT, false);
  }

  private HistoryCheckTest completed() {
    return sent().write(2, null, LoginStatus.COMPLETED, SENT, false);
  }

  private void isFound(String complaint) {
    List<String> complaints = HistoryCheck.complaints(history, List.of("s"), Optional.of(SOON));
    assertTrue(
        complaints.stream().anyMatch(found -> found.contains(complaint)),
        () -> complaint + " is not among " + complaints);
  }

  private void isGood() {
    assertEquals(List.of(), HistoryCheck.complaints(history, List.of("s"), Optional.of(SOON)));
  }

  @Test
  void aLoginThatCompletesIsGood() {
    completed().isGood();
  }

  @Test
  void aLoginThatIsTakenOverInTimeIsGood() {
    sent().write(2, null, LoginStatus.RUNNING, SENT, false);
    write(3, "b", LoginStatus.RUNNING, SENT, false);
    write(4, null, LoginStatus.COMPLETED, SENT, false).isGood();
  }

  @Test
  void aLoginThatNeverEndsIsLost() {
    sent().isFound("never ended");
  }

  @Test
  void aLoginWithoutARowIsLost() {
    isFound("is nowhere");
  }

  @Test
  void aLoginThatIsDeletedBeforeItsEndIsLost() {
    claimed();
    Change last = history.get(1);
    history.add(
        new Change(
            last.at(),
            "s",
            Write.DELETE,
            1,
            last.worker(),
            last.leaseUntil(),
            last.dueAt(),
            last.status(),
            Optional.empty(),
            true,
            0,
            Optional.empty()));
    isFound("is deleted before its end");
  }

  @Test
  void twoCompletionsAreFound() {
    completed().write(3, null, LoginStatus.COMPLETED, SENT, false);
    isFound("is written after its end");
    isFound("ends 2 times");
  }

  @Test
  void credentialsSentTwiceAreFound() {
    sent().write(1, "a", LoginStatus.RUNNING, SENT.plusSeconds(1), false);
    isFound("sends its credentials twice");
  }

  @Test
  void credentialsSentWithoutAPasswordAreFound() {
    queued().write(1, "a", LoginStatus.RUNNING, null, false);
    isFound("loses its password unsent");
    write(1, "a", LoginStatus.RUNNING, SENT, false).isFound("that it does not have");
  }

  @Test
  void aPasswordThatComesBackIsFound() {
    sent().write(1, "a", LoginStatus.RUNNING, SENT, true).isFound("has its password back");
  }

  @Test
  void credentialsSentByNobodyAreFound() {
    queued().write(1, null, LoginStatus.FAILED, SENT, false).isFound("without a worker");
  }

  @Test
  void anIllegalTransitionIsFound() {
    queued().write(1, null, LoginStatus.COMPLETED, null, false);
    isFound("goes from QUEUED to COMPLETED");
  }

  @Test
  void aTransitionUnderTheSameEpochIsFound() {
    sent().write(1, null, LoginStatus.COMPLETED, SENT, false).isFound("has epoch 1 after 1");
  }

  @Test
  void anEpochThatFallsIsFound() {
    sent().write(0, "a", LoginStatus.RUNNING, SENT, false).isFound("has epoch 0 after 1");
  }

  @Test
  void aLoginThatChangesHandsAtOnceIsFound() {
    sent().write(2, "b", LoginStatus.RUNNING, SENT, false).isFound("from one worker to another");
  }

  @Test
  void aLateTakeOverIsFound() {
    sent();
    second += 6;
    write(2, null, LoginStatus.RUNNING, SENT, false);
    write(3, "b", LoginStatus.RUNNING, SENT, false).isFound("is taken over only after PT8S");
  }

  /**
   * A look at a login that awaits a confirmation, and then the release of it, due so much later.
   */
  private HistoryCheckTest looked(Duration lookTook, Duration dueIn) {
    sent().write(2, null, LoginStatus.AWAITING_EMAIL, SENT, false);
    write(3, "a", LoginStatus.AWAITING_EMAIL, SENT, false);
    second += lookTook.toSeconds() - 1;
    return write(4, null, dueIn, LoginStatus.AWAITING_EMAIL, SENT, false);
  }

  private HistoryCheckTest lookedAgain(Duration after) {
    second += after.toSeconds() - 1;
    write(5, "b", LoginStatus.AWAITING_EMAIL, SENT, false);
    return write(6, null, LoginStatus.COMPLETED, SENT, false);
  }

  @Test
  void aLateTakeOverOfALookIsFound() {
    looked(Duration.ofSeconds(4), Duration.ZERO);
    lookedAgain(Duration.ofSeconds(4)).isFound("is taken over only after PT8S");
  }

  @Test
  void aLookThatIsTakenOverInTimeIsGood() {
    looked(Duration.ofSeconds(4), Duration.ZERO).lookedAgain(Duration.ofSeconds(3)).isGood();
  }

  @Test
  void aLookThatFindsNothingIsNoTakeOverHoweverLongTheNextOneWaits() {
    looked(Duration.ofSeconds(1), Duration.ofSeconds(5));
    lookedAgain(Duration.ofSeconds(30)).isGood();
  }

  @Test
  void aLookThatOutlivedItsLeaseAndWasLetGoIsNoTakeOver() {
    looked(Duration.ofSeconds(5), Duration.ofSeconds(5));
    lookedAgain(Duration.ofSeconds(5)).isGood();
  }

  @Test
  void aReleaseThatWasWrittenLateIsNoTakeOver() {
    looked(Duration.ofSeconds(4), Duration.ofSeconds(-2));
    lookedAgain(Duration.ofSeconds(10)).isGood();
  }
}
