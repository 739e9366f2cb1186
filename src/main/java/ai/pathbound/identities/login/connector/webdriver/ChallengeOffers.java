package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.connector.webdriver.pages.PageMarker;
import ai.pathbound.identities.login.connector.webdriver.pages.WaysOn;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.ChallengeOptions;
import ai.pathbound.identities.login.session.SentTo;
import ai.pathbound.identities.secret.Secret;
import io.smallrye.mutiny.Uni;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads off a challenge's page what it offers beside its question. */
final class ChallengeOffers {
  private static final Map<PageMarker, ChallengeKind> KINDS = kinds();

  /** Where a page names no other way, it can be one of these. */
  private static final Set<ChallengeKind> UNNAMED =
      EnumSet.of(
          ChallengeKind.AUTHENTICATOR_CODE, ChallengeKind.SMS_CODE, ChallengeKind.EMAIL_CODE);

  private final Driver driver;

  ChallengeOffers(Driver driver) {
    this.driver = driver;
  }

  private static Map<PageMarker, ChallengeKind> kinds() {
    Map<PageMarker, ChallengeKind> kinds = new EnumMap<>(PageMarker.class);
    kinds.put(PageMarker.AUTHENTICATOR_CODE, ChallengeKind.AUTHENTICATOR_CODE);
    kinds.put(PageMarker.SMS_CODE, ChallengeKind.SMS_CODE);
    kinds.put(PageMarker.EMAIL_CODE, ChallengeKind.EMAIL_CODE);
    kinds.put(PageMarker.APP_APPROVAL, ChallengeKind.APP_APPROVAL);
    kinds.put(PageMarker.EMAIL_LINK, ChallengeKind.EMAIL_LINK);
    return kinds;
  }

  /** What the page offers now, where it asks for that; nothing where it is just going away. */
  Uni<ChallengeOptions> of(Browser browser, ChallengeKind asked) {
    return driver
        .reader()
        .waysOn(browser.remote())
        .map(found -> options(found, asked))
        .onFailure(ChallengePage::movedOn)
        .recoverWithItem(ChallengeOptions.NONE);
  }

  private static ChallengeOptions options(WaysOn found, ChallengeKind asked) {
    Set<ChallengeKind> others = EnumSet.noneOf(ChallengeKind.class);
    found.ways().keySet().forEach(marker -> others.add(KINDS.get(marker)));
    others.remove(asked);
    if (others.isEmpty() && found.other().isPresent()) {
      others.addAll(UNNAMED);
      others.remove(asked);
    }
    return new ChallengeOptions(
        sentTo(found, asked), List.copyOf(others), found.resend().isPresent());
  }

  /** An address is where an e-mail went, a number where a text message did; others went nowhere. */
  private static Optional<SentTo> sentTo(WaysOn found, ChallengeKind asked) {
    return switch (asked) {
      case SMS_CODE ->
          named(found.said(), false)
              .or(() -> found.numberEnd().flatMap(end -> SentTo.in("•••• " + end)));
      case EMAIL_CODE, EMAIL_LINK -> named(found.said(), true);
      case AUTHENTICATOR_CODE, APP_APPROVAL -> Optional.empty();
    };
  }

  private static Optional<SentTo> named(List<Secret> lines, boolean address) {
    return lines.stream()
        .map(Secret::reveal)
        .filter(line -> line.contains("@") == address)
        .flatMap(line -> SentTo.in(line).stream())
        .findFirst();
  }

  /** The way to that challenge, where the page names it. */
  static Optional<WaysOn.Way> way(WaysOn found, ChallengeKind other) {
    return found.ways().entrySet().stream()
        .filter(way -> KINDS.get(way.getKey()) == other)
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
