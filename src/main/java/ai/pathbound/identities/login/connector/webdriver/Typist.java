package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.connector.webdriver.protocol.Element;
import ai.pathbound.identities.login.connector.webdriver.protocol.WebDriverClient;
import ai.pathbound.identities.secret.Secret;
import io.smallrye.mutiny.Uni;

/** Types texts into fields. */
final class Typist {
  // As if pasted: chromedriver types no characters beyond U+FFFF.
  private static final String PASTE =
      """
      const [field, text] = arguments;
      field.focus();
      return {done: document.execCommand('insertText', false, text)};
      """;

  private final WebDriverClient client;

  Typist(WebDriverClient client) {
    this.client = client;
  }

  /**
   * Whether {@code text} can be typed into a line. Control characters cannot, and WebDriver takes
   * the private characters from U+E000 on for keys, by which a text could leave its field.
   */
  static boolean canType(Secret text) {
    return text.reveal()
        .codePoints()
        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.PRIVATE_USE);
  }

  /** Empties the field. */
  Uni<Void> clear(Browser browser, Element field) {
    return client.clear(browser.remote(), field);
  }

  /** Types after what the field holds. */
  Uni<Void> type(Browser browser, Element field, Secret text) {
    return text.reveal().codePoints().anyMatch(Character::isSupplementaryCodePoint)
        ? paste(browser, field, text)
        : client.type(browser.remote(), field, text);
  }

  private Uni<Void> paste(Browser browser, Element field, Secret text) {
    return client
        .run(browser.remote(), PASTE, field.argument(), text.reveal())
        .map(
            result -> {
              if (!result.getBoolean("done", false)) {
                throw new LinkedInUnavailableException("a field took no text");
              }
              return null;
            });
  }
}
