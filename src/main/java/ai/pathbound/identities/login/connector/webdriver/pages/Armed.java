package ai.pathbound.identities.login.connector.webdriver.pages;

import java.util.List;

/**
 * What a form is like before its press.
 *
 * @param holds which of its fields hold what was typed
 * @param may whether to press: not where that could only put a secret into an address
 * @param ready whether its button can be pressed
 * @param sent whether the page has sent it by itself since it was armed before
 */
public record Armed(List<Boolean> holds, boolean may, boolean ready, boolean sent) {
  /** Whether all of so many fields hold what was typed. */
  public boolean holdsAll(int fields) {
    return holds.size() == fields && !holds.contains(false);
  }

  /** Whether one of them does. */
  public boolean holds(int field) {
    return field < holds.size() && holds.get(field);
  }
}
