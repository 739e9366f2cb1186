package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.connector.webdriver.pages.Press;
import ai.pathbound.identities.login.connector.webdriver.protocol.Element;
import ai.pathbound.identities.login.connector.webdriver.protocol.ErrorCode.Meaning;
import ai.pathbound.identities.login.connector.webdriver.protocol.WebDriverException;
import io.smallrye.mutiny.Uni;

/** The one press that sends a form, and what became of it. */
final class FormPress {
  private final Driver driver;

  FormPress(Driver driver) {
    this.driver = driver;
  }

  /**
   * A press that failed may have been done: the page that it led to was slow, or came at once. One
   * that was carried out was done, whether or not the page let it be seen. Where another page is
   * there now, the one before may have sent by itself what was typed, and nobody can say so any
   * more: that counts as done too, since a secret is sent once or not at all.
   */
  Uni<Press> of(Browser browser, FormEntry.Form form) {
    return click(browser, form)
        .replaceWith(Boolean.TRUE)
        .onFailure(e -> WebDriverException.means(e, Meaning.PAGE_FAILED))
        .recoverWithItem(Boolean.TRUE)
        .onFailure(e -> WebDriverException.means(e, Meaning.PAGE_DIFFERS))
        .recoverWithItem(Boolean.FALSE)
        .chain(
            carriedOut ->
                driver
                    .reader()
                    .press(browser.remote())
                    .map(seen -> carriedOut && seen == Press.NONE ? Press.DONE : seen))
        .onFailure(e -> WebDriverException.means(e, Meaning.PAGE_DIFFERS, Meaning.PAGE_FAILED))
        .recoverWithItem(Press.DONE);
  }

  private Uni<Void> click(Browser browser, FormEntry.Form form) {
    Element last = form.fields().get(form.fields().size() - 1);
    Uni<Void> enter = driver.client().type(browser.remote(), last, Driver.ENTER);
    if (form.button().isEmpty()) {
      return enter;
    }
    Element button = form.button().get();
    return driver
        .client()
        .click(browser.remote(), button)
        .onFailure(Driver::wasNotClicked)
        // Something lies over it: the key reaches it all the same.
        .recoverWithUni(() -> driver.client().type(browser.remote(), button, Driver.ENTER))
        .onFailure(Driver::wasNotClicked)
        .recoverWithUni(() -> enter);
  }
}
