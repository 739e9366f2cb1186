package ai.pathbound.identities.login.connector.sandbox;

import ai.pathbound.identities.login.session.Member;
import ai.pathbound.identities.secret.Secret;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a username says: whose it is, and which tags follow the first {@code +} of its local part,
 * separated by {@code +}. Upper and lower case are the same; any text is a username.
 *
 * @param member the part before the tags with the domain; the whole where that is nothing, as for a
 *     telephone number
 * @param steps what the tags ask for, in their order, those of no meaning left out
 * @param shortLived whether the session that it signs in to will not be honoured afterwards
 * @param flaky whether LinkedIn will be out of reach for checks of that session
 */
record SandboxUsername(Member member, List<Step> steps, boolean shortLived, boolean flaky) {
  private static final String SHORT_LIVED = "expired";
  private static final String FLAKY = "flaky";
  private static final String COOKIE = "sandbox:";

  /** Whose session a cookie is: {@code sandbox:} and a username; empty for any other. */
  static Optional<SandboxUsername> ofCookie(Secret cookie) {
    String text = cookie.reveal();
    return text.startsWith(COOKIE)
        ? Optional.of(of(Secret.of(text.substring(COOKIE.length()))))
        : Optional.empty();
  }

  static SandboxUsername of(Secret username) {
    String text = username.reveal().strip().toLowerCase(Locale.ROOT);
    int at = text.lastIndexOf('@');
    String local = at < 0 ? text : text.substring(0, at);
    String domain = at < 0 ? "" : text.substring(at);
    int plus = local.indexOf('+');
    if (plus < 0) {
      return new SandboxUsername(new Member(Secret.of(text)), List.of(), false, false);
    }
    String name = local.substring(0, plus) + domain;
    List<String> tags = Arrays.asList(local.substring(plus + 1).split("\\+"));
    return new SandboxUsername(
        new Member(Secret.of(name.isEmpty() ? text : name)),
        tags.stream().map(Step::ofTag).flatMap(Optional::stream).toList(),
        tags.contains(SHORT_LIVED),
        tags.contains(FLAKY));
  }
}
