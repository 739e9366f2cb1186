package ai.pathbound.identities.login.connector.webdriver.standin;

import java.util.List;
import java.util.Set;

/** What comes at a later use of a session, by its tags. */
final class LaterUse {
  private static final String THEN = "then";

  /** Tags of the session that is won, which count in another browser than the one that won it. */
  static final Set<String> TAGS =
      Set.of(
          "thencaptcha",
          "thenunknown",
          "thenlocked",
          "then2fa",
          "captchaonce",
          "loopdown",
          "asksfirst",
          "behind");

  private LaterUse() {}

  /** The stages that come between a later use and what it asks for. */
  static List<String> stages(Set<String> tags) {
    return tags.stream()
        .filter(tag -> tag.startsWith(THEN))
        .map(tag -> tag.substring(THEN.length()))
        .sorted()
        .toList();
  }

  /** A sign-out that wants to be confirmed. */
  static String signOut() {
    return StandInPages.page(
        "·",
        "<main><h1>·</h1><form action='/m/logout/'><input type='hidden' name='sure' value='yes'>"
            + "<button type='submit'>·</button></form></main>");
  }
}
