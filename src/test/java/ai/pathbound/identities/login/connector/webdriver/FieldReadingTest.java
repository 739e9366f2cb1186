package ai.pathbound.identities.login.connector.webdriver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.login.connector.webdriver.pages.LoginFields;
import ai.pathbound.identities.login.connector.webdriver.pages.PageElement;
import ai.pathbound.identities.login.connector.webdriver.pages.PageMarker;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which fields and buttons of single pages the connector uses, all of them in one browser. */
@Tag("faults")
class FieldReadingTest extends SinglePageTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "display:none",
        "visibility:hidden",
        "opacity:0",
        "position:absolute;left:-9000px",
        "position:absolute;left:9000px",
        "position:absolute;right:-9000px",
        "position:absolute;top:-9000px",
        "position:fixed;left:100vw",
        "position:fixed;top:100vh",
        "position:absolute;clip:rect(0,0,0,0)",
        "position:absolute;clip:rect(1px,1px,1px,1px)",
        "clip-path:inset(50%)",
        "clip-path:inset(100%)",
        "clip-path:circle(0)",
        "transform:scale(0)",
        "width:0;height:0;overflow:hidden",
        "height:1px;overflow:hidden"
      })
  void aCopyThatNobodySeesIsNoLogin(String style) {
    open(LOGIN, "<div style='" + style + "'>" + FIELDS + "</div><p>Nothing here</p>");
    LoginFields fields = login();
    assertEquals(Optional.empty(), fields.username());
    assertEquals(Optional.empty(), fields.password());
    assertFalse(look().shows(PageMarker.LOGIN));
  }

  @Test
  void aCopyBesideTheWindowOfASlideIsNoLoginEither() {
    open(
        LOGIN,
        "<div style='position:relative;width:300px;height:200px;overflow:hidden'>"
            + "<div style='position:absolute;left:300px'>"
            + FIELDS
            + "</div></div>");
    assertEquals(Optional.empty(), login().password());
    open(LOGIN, "<style>body{overflow-x:hidden}</style><div style='margin-left:100vw'>" + FIELDS);
    assertEquals(Optional.empty(), login().password());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // A page that is wider than the window, a list to scroll, a window of its own.
        "style='margin-left:110vw'",
        "style='height:4em;overflow:auto'><div style='padding-top:9em'",
        "style='height:0;overflow:hidden'><div style='position:absolute'",
        "style='position:fixed;right:0;bottom:0'",
        "style='clip-path:inset(0)'",
        // All that is behind a banner, whose page says so.
        "aria-hidden=true",
        "style='margin-top:300vh'"
      })
  void aLoginThatCanBeReachedIsOne(String where) {
    open(LOGIN, "<div " + where + ">" + FIELDS + "</div></div>");
    LoginFields fields = login();
    assertTrue(fields.username().isPresent());
    assertTrue(fields.password().isPresent());
    assertEquals("go", id(fields.button()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"aria-hidden=true", "inert"})
  void aCopyTakenFromListenersIsUsedOnlyWhereThereIsNoOther(String how) {
    open(
        LOGIN,
        "<div "
            + how
            + ">"
            + FIELDS.replace("id=go", "id=copy")
            + "</div>"
            + FIELDS.replace("input ", "input id=seen "));
    LoginFields fields = login();
    assertEquals("seen", id(fields.username()));
    assertEquals("go", id(fields.button()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true  | <input type=hidden name=session_key value=ada>PASSWORD",
        "true  | <input readonly value='ad…@example.com'>PASSWORD",
        "true  | <p>ada@example.com</p>PASSWORD",
        "true  | <p class=member-profile-block>Ada</p>PASSWORD",
        "false | PASSWORD",
        "false | <input type=hidden name=session_key value=''>PASSWORD",
        "false | <p>Questions? Write to help@example.com</p>PASSWORD",
        "false | <a href='mailto:help@example.com'>help@example.com</a>PASSWORD",
        "false | PASSWORD</main><form><input type=hidden name=session_key value=ada></form>",
        "false | PASSWORD<form><input type=hidden name=session_key value=ada></form>",
        "false | PASSWORD</main><p class=member-profile-block>Grace</p>",
        "false | PASSWORD</main><footer><p>help@example.com</p></footer>",
        "false | PASSWORD</main><p>help@example.com</p>"
      })
  void whoseAccountItIsSaysOnlyWhatBelongsToThePassword(boolean known, String body) {
    String password = "<input type=password><button type=button>Sign in</button>";
    open(LOGIN, "<main>" + body.replace("PASSWORD", password));
    assertEquals(known, login().account(), "without a form");
    String beside = body.replace("PASSWORD", "<!---->");
    String[] around = beside.split("<!---->", 2);
    open(
        LOGIN,
        "<main><form method=post>"
            + around[0]
            + password
            + "</form>"
            + (around.length > 1 ? around[1] : ""));
    assertEquals(known, login().account(), "with a form");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // The words of a language that is known.
        "<button type=button>Resend</button><br><button type=button id=go>Verify</button>",
        // What sends the form, whatever its type is called; another code is none, by its name or by
        // not minding what is in the field.
        "<form>FIELD<button id=btn-resend-pin>Di nuovo</button><button id=go>Invia</button></form>",
        "<form>FIELD<button class=resend__link>Di nuovo</button><button id=go>Invia</button></form>",
        "<form>FIELD<button formnovalidate>Di nuovo</button><button id=go>Invia</button></form>",
        "<form>FIELD<button formaction=/n>Di nuovo</button><input type=submit id=go></form>",
        "<form>FIELD<button type=button>Di nuovo</button><button id=go>Invia</button></form>",
        // Without a form: not what is another way, nor what looks like a link.
        "<p><button type=button id=try-another-way>No</button><p><button type=button id=go>Invia",
        "<p><button type=button style='background:none'>Di nuovo</button><p>"
            + "<button type=button id=go style='background:#06c'>Invia</button>",
        "<div>FIELD<p><button type=button style='background:none'>Di nuovo</button></div><p>"
            + "<button type=button id=go style='background:#06c'>Invia</button>",
        "<p><button type=button aria-expanded=false>?</button><p><button type=button id=go>Invia"
      })
  void theButtonOfACodeIsKnownInAnyLanguage(String body) {
    String field = "<p><input autocomplete=one-time-code></p>";
    open(
        CHALLENGE,
        "<main>" + (body.contains("FIELD") ? body.replace("FIELD", field) : field + body));
    assertEquals(
        "go",
        id(
            of(reader.find(browser, PageElement.CODE_FIELD, PageElement.CODE_BUTTON))
                .find(PageElement.CODE_BUTTON)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "user | <main><p><input id=user></p><p>PASSWORD</p></main>",
        "user | <p><input id=q></p><main><p><input id=user></p><p>PASSWORD</p></main>",
        "     | <p><input id=q></p><main><p>Welcome back</p><p>PASSWORD</p></main>",
        "     | <main><p><input id=q><input id=r></p><p>PASSWORD</p></main>"
      })
  void aLineThatNothingNamesIsTheUsernameOnlyWhereItCanBeNoOther(String id, String body) {
    open(LOGIN, body.replace("PASSWORD", "<input type=password><button>Sign in</button>"));
    assertEquals(Optional.ofNullable(id), login().username().map(found -> id(Optional.of(found))));
  }

  @Test
  void aScriptThatIsImportedIsSeenOnceItIsThere() {
    open(LOGIN, "<script type=module>import('/x.js').catch(() => {})</script>" + FIELDS);
    LoginFields fields = login();
    assertFalse(fields.posts());
    assertTrue(fields.idle().compareTo(PATIENCE) < 0);
  }
}
