package ai.pathbound.identities.login.connector.webdriver.standin;

import java.util.Optional;
import java.util.Set;

/** Where the feed's address leads, where that is another one, and what is there. */
final class HomePages {
  private static final String POST = "<p>Grace: my account was temporarily restricted once!</p>";
  private static final String AD = "<iframe src='/captcha-in-an-ad' width=300 height=200></iframe>";

  private HomePages() {}

  /** The address, by the tags of the session. */
  static Optional<String> address(Set<String> tags) {
    if (tags.contains("preload")) {
      return Optional.of("/preload/?_bprMode=vanilla");
    }
    return tags.stream().anyMatch(tag -> tag.startsWith("home"))
        ? Optional.of("/home/")
        : Optional.empty();
  }

  static String page(Set<String> tags) {
    if (tags.contains("preload")) {
      return StandInPages.feed(true);
    }
    if (tags.contains("homepost")) {
      return withinNothingKnown(POST);
    }
    return withinNothingKnown(tags.contains("homead") ? AD : "");
  }

  /** Another page for members, with what anybody may post. */
  static String network() {
    return withinNothingKnown(POST + AD);
  }

  private static String withinNothingKnown(String what) {
    return StandInPages.page("Ada", "<h1>ⵎⵍ</h1><button type='button'>ⴽⵛⵎ</button>" + what);
  }
}
