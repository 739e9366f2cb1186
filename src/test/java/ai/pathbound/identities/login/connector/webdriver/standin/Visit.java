package ai.pathbound.identities.login.connector.webdriver.standin;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** One login at the stand-in: who, and what is still to come. Guarded by itself. */
final class Visit {
  private static final Set<String> KNOWN =
      Set.of(
          "2fa",
          "sms",
          "emailcode",
          "app",
          "email",
          "never",
          "rejected",
          "locked",
          "captcha",
          "unknown",
          "down",
          "slow",
          "expired",
          "skip",
          "broken",
          "nosession",
          "nomember",
          "newer",
          "frame",
          "again",
          "stuck");

  final String id;
  final String slug;
  final boolean newer;
  final boolean expiring;
  final boolean withoutMember;
  private final Deque<String> toCome;
  private String stage = "";
  private Instant since = Instant.MIN;
  private boolean wrong;

  Visit(String id, String username) {
    this.id = id;
    String[] localAndDomain = username.split("@", 2);
    List<String> parts = Arrays.asList(localAndDomain[0].split("\\+"));
    this.slug =
        (parts.get(0) + "-" + (localAndDomain.length > 1 ? localAndDomain[1] : ""))
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-");
    List<String> tags = parts.stream().skip(1).filter(KNOWN::contains).toList();
    this.newer = tags.contains("newer");
    this.expiring = tags.contains("expired");
    this.withoutMember = tags.contains("nomember");
    this.toCome = new ArrayDeque<>(tags);
    this.toCome.removeAll(List.of("newer", "expired", "nomember"));
  }

  /** Goes on to what comes next; empty at the end of the script. */
  synchronized String next(Instant now) {
    stage = toCome.isEmpty() ? "" : toCome.poll();
    since = now;
    wrong = false;
    return stage;
  }

  synchronized String stage() {
    return stage;
  }

  synchronized boolean isSince(Instant moment) {
    return !since.isAfter(moment);
  }

  synchronized void codeWasWrong() {
    wrong = true;
  }

  synchronized boolean wasWrong() {
    return wrong;
  }
}
