package ai.pathbound.identities.login.history;

import ai.pathbound.identities.login.session.LoginStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the history of all logins afterwards, without the program and its rules, and says what
 * should never have happened.
 */
public final class HistoryCheck {
  private static final Map<LoginStatus, Set<LoginStatus>> WAYS =
      Map.of(
          LoginStatus.QUEUED, Set.of(LoginStatus.RUNNING, LoginStatus.FAILED),
          LoginStatus.RUNNING,
              Set.of(
                  LoginStatus.AWAITING_2FA,
                  LoginStatus.AWAITING_EMAIL,
                  LoginStatus.COMPLETED,
                  LoginStatus.FAILED),
          LoginStatus.AWAITING_2FA,
              Set.of(
                  LoginStatus.QUEUED,
                  LoginStatus.RUNNING,
                  LoginStatus.AWAITING_EMAIL,
                  LoginStatus.COMPLETED,
                  LoginStatus.FAILED),
          LoginStatus.AWAITING_EMAIL,
              Set.of(
                  LoginStatus.RUNNING,
                  LoginStatus.AWAITING_2FA,
                  LoginStatus.COMPLETED,
                  LoginStatus.FAILED),
          LoginStatus.COMPLETED, Set.of(),
          LoginStatus.FAILED, Set.of());

  private final List<String> complaints = new ArrayList<>();

  /**
   * How soon another worker goes on with a login.
   *
   * @param since when workers died, by the database's clock
   * @param atMost the longest between that, or a later sign of life, and the next claim
   */
  public record TakeOver(Instant since, Duration atMost) {}

  private HistoryCheck() {}

  /**
   * What is wrong with a history; empty where nothing is.
   *
   * @param changes in the order in which each row was written
   * @param accepted the sessions that clients were told of: all of them must have ended
   * @param takeOver how soon another worker goes on; empty where the database itself was away
   */
  public static List<String> complaints(
      List<Change> changes, Collection<String> accepted, Optional<TakeOver> takeOver) {
    HistoryCheck check = new HistoryCheck();
    Map<String, List<Change>> bySession = new LinkedHashMap<>();
    changes.forEach(
        change -> bySession.computeIfAbsent(change.session(), id -> new ArrayList<>()).add(change));
    for (List<Change> history : bySession.values()) {
      check.begins(history.get(0));
      for (int i = 1; i < history.size(); i++) {
        check.goesOn(history.get(i - 1), history.get(i));
      }
      check.oneEnd(history);
      takeOver.ifPresent(limit -> check.takenOver(history, limit));
    }
    for (String session : accepted) {
      check.ended(session, bySession.getOrDefault(session, List.of()));
    }
    return List.copyOf(check.complaints);
  }

  /** Whether a login may go from one status to another, by the drawing in the documentation. */
  public static boolean mayFollow(LoginStatus from, LoginStatus to) {
    return WAYS.get(from).contains(to);
  }

  private void begins(Change first) {
    require(first.write() == Change.Write.INSERT, first, "does not begin with its insert");
    require(first.status() == LoginStatus.QUEUED, first, "does not begin queued");
    require(first.credentialsSentAt().isEmpty(), first, "begins with credentials sent");
  }

  private void goesOn(Change before, Change after) {
    if (after.write() == Change.Write.DELETE) {
      require(before.status().isTerminal(), after, "is deleted before its end");
      return;
    }
    require(after.write() == Change.Write.UPDATE, after, "is inserted twice");
    require(!before.status().isTerminal(), after, "is written after its end");
    boolean moved = before.status() != after.status();
    if (moved) {
      require(
          mayFollow(before.status(), after.status()),
          after,
          "goes from " + before.status() + " to " + after.status());
    }
    boolean changesHands = !before.worker().equals(after.worker());
    long raised = after.epoch() - before.epoch();
    require(
        raised == 1 || raised == 0 && !moved && !changesHands,
        after,
        "has epoch " + after.epoch() + " after " + before.epoch());
    require(
        !changesHands || before.worker().isEmpty() || after.worker().isEmpty(),
        after,
        "goes from one worker to another without having been given up or taken away");
    credentials(before, after);
    require(
        after.codesUsed() == before.codesUsed()
            || after.codesUsed() == before.codesUsed() + 1 && after.status() == LoginStatus.QUEUED,
        after,
        "has used " + after.codesUsed() + " codes after " + before.codesUsed());
  }

  private void credentials(Change before, Change after) {
    boolean sends = before.credentialsSentAt().isEmpty() && after.credentialsSentAt().isPresent();
    require(
        sends || before.credentialsSentAt().equals(after.credentialsSentAt()),
        after,
        "sends its credentials twice, or forgets that it did");
    require(!sends || before.password(), after, "sends credentials that it does not have");
    require(!sends || after.worker().isPresent(), after, "sends credentials without a worker");
    require(before.password() || !after.password(), after, "has its password back");
    require(
        !before.password() || after.password() || sends || after.status().isTerminal(),
        after,
        "loses its password unsent");
  }

  private void oneEnd(List<Change> history) {
    long ends =
        history.stream()
            .filter(change -> change.write() == Change.Write.UPDATE)
            .filter(change -> change.status().isTerminal())
            .count();
    require(ends <= 1, history.get(0), "ends " + ends + " times");
  }

  /** From the last write of a worker that was thought dead to the claim of the next one. */
  private void takenOver(List<Change> history, TakeOver limit) {
    Change lastSign = null;
    for (int i = 1; i < history.size(); i++) {
      Change before = history.get(i - 1);
      Change after = history.get(i);
      if (takenAway(before, after)) {
        lastSign = before;
      } else if (lastSign != null) {
        Instant from = lastSign.at().isAfter(limit.since()) ? lastSign.at() : limit.since();
        Duration took = Duration.between(from, after.at());
        require(took.compareTo(limit.atMost()) <= 0, after, "is taken over only after " + took);
        lastSign = null;
      }
    }
  }

  /**
   * Whether a worker lost the login without having settled it. A running login is only let go with
   * another status. One that awaits a confirmation is let go as it was, to be looked at some time
   * later; one that is taken away is due at once, and not before the lease is over.
   */
  private static boolean takenAway(Change before, Change after) {
    boolean letGo =
        before.worker().isPresent()
            && after.worker().isEmpty()
            && before.status() == after.status();
    boolean leaseOver =
        before
            .leaseUntil()
            .flatMap(lease -> after.dueAt().filter(lease::isBefore))
            .filter(due -> !due.isAfter(after.at()))
            .isPresent();
    return letGo && (before.status() == LoginStatus.RUNNING || leaseOver);
  }

  private void ended(String session, List<Change> history) {
    if (history.isEmpty()) {
      complaints.add(session + " was accepted and is nowhere");
      return;
    }
    Change last = history.get(history.size() - 1);
    require(last.status().isTerminal(), last, "was accepted and never ended");
  }

  private void require(boolean holds, Change at, String otherwise) {
    if (!holds) {
      complaints.add(at.session() + " " + otherwise + " (" + at + ")");
    }
  }
}
