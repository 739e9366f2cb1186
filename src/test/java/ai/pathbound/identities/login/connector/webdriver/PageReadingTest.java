package ai.pathbound.identities.login.connector.webdriver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.login.connector.webdriver.pages.LoginFields;
import ai.pathbound.identities.login.connector.webdriver.pages.PageElement;
import ai.pathbound.identities.login.connector.webdriver.pages.PageMarker;
import ai.pathbound.identities.login.connector.webdriver.pages.PageReader;
import ai.pathbound.identities.login.connector.webdriver.pages.PageView;
import ai.pathbound.identities.login.connector.webdriver.pages.PagesFile;
import ai.pathbound.identities.login.connector.webdriver.protocol.Element;
import ai.pathbound.identities.login.connector.webdriver.protocol.Remote;
import ai.pathbound.identities.login.connector.webdriver.protocol.WebDriverClient;
import ai.pathbound.identities.login.connector.webdriver.protocol.WebDriverTransport;
import com.sun.net.httpserver.HttpServer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the connector makes of single pages, all of them in one browser. */
@Tag("faults")
class PageReadingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String LOGIN = "/login";
  private static final String CHALLENGE = "/checkpoint/challenge/x";
  private static final String FIELDS =
      "<main><p><input autocomplete=username></p><p><input type=password></p>"
          + "<p><button type=button id=go>Sign in</button></p></main>";

  @RegisterExtension
  static final FarmExtension<ChromeDriver> FARM = new FarmExtension<>(ChromeDriver::new);

  private static Vertx vertx;
  private static WebDriverTransport transport;
  private static WebDriverClient client;
  private static HttpServer server;
  private static Remote browser;
  private static PageReader reader;
  private static volatile String page = "";

  @BeforeAll
  static void openABrowser() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        http -> {
          byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
          http.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
          http.sendResponseHeaders(200, bytes.length);
          http.getResponseBody().write(bytes);
          http.close();
        });
    server.start();
    vertx = Vertx.vertx();
    transport = new WebDriverTransport(vertx, 2);
    client = new WebDriverClient(transport, PATIENCE);
    JsonObject options = JsonObject.of("args", JsonArray.of((Object[]) args()));
    browser =
        of(
            client.open(
                FARM.farm().endpoint(), JsonObject.of("goog:chromeOptions", options), PATIENCE));
    reader = new PageReader(client, PagesFile.read(Optional.empty()), base());
  }

  private static String[] args() {
    return WebDriverSetup.ARGS.split(",");
  }

  @AfterAll
  static void closeIt() {
    of(client.close(browser));
    transport.close();
    vertx.closeAndAwait();
    server.stop(0);
  }

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
        "APP_APPROVAL | /checkpoint/x | <h1 class=header__content__heading__inapp>A security check"
            + "</h1><button>Start</button>",
        "CAPTCHA | /checkpoint/x | <h1>A security check</h1><button>Start</button>",
        "CAPTCHA | /checkpoint/x | <h1 class=header__content__heading__inapp>·</h1>"
            + "<div id=captcha-internal>·</div>",
        "EMAIL_LINK | /checkpoint/x | <p>Use the link we sent to your email</p>"
            + "<a id=try-another-way href=/>·</a>",
        "APP_APPROVAL | /checkpoint/x | <p>Check your LinkedIn app</p>"
            + "<a id=try-another-way href=/>·</a>",
        "CONFIRMATION | /checkpoint/x | <p>·</p><a id=try-another-way href=/>·</a>",
        "EMAIL_CODE | /checkpoint/x | <p>See your email</p><input name=pin>"
            + "<a id=try-another-way href=/>·</a>",
        "CODE | /checkpoint/x | <p>A security check</p><input name=pin><button>·</button>",
        "AUTHENTICATOR_CODE | /checkpoint/x | <p>In your authenticator app</p>"
            + "<input name=pin id=input__phone_verification_pin>",
        "INTERSTITIAL | /checkpoint/post-login/x | <p>A security check</p><button>Skip</button>",
        "LOGIN | /checkpoint/lg/x | <p>A security check</p><input type=password><button>·</button>",
        "RESTRICTED | /login | <p>Temporarily restricted</p><input type=password>",
        "RESTRICTED | /login | <p>Temporarily restricted</p><input type=password aria-invalid=true>",
        "REJECTED | /login | <input aria-invalid=true><input type=password>",
        "LOGIN | /login | <input type=search><input type=password>",
        "LOGIN | /login | <input type=password><div class=grecaptcha-badge><iframe"
            + " title=reCAPTCHA src='data:,recaptcha' width=256 height=60></iframe></div>",
        "LOGIN | /login | <input type=password><iframe title=reCAPTCHA"
            + " src='data:,recaptcha?size=invisible' width=256 height=60></iframe>",
        "CAPTCHA | /login | <input type=password><iframe title=reCAPTCHA"
            + " src='data:,recaptcha' width=304 height=78></iframe>",
        "EMAIL_CODE | /checkpoint/x | <p>Or by text message, or authenticator app</p><input"
            + " name=pin autocomplete=one-time-code id=input__email_verification_pin>"
      })
  void structureGoesBeforeWords(PageMarker marker, String path, String body) {
    open(path, body);
    assertEquals(Optional.of(marker), look().marker());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true  | document.querySelector('#say').textContent = '×××'",
        "true  | document.body.append(Object.assign(document.querySelector('#say').cloneNode(),"
            + " {textContent: '×××'}))",
        "false | document.querySelector('#say').textContent = ' '",
        "false | document.querySelector('#old').remove()",
        "false | document.body.insertAdjacentHTML('beforeend',"
            + " '<div role=alert>Cookies<button>Agree</button></div>')",
        "false | document.querySelector('main').insertAdjacentHTML('beforeend',"
            + " '<div role=alert>Cookies<button>Agree</button></div>')",
        "false | document.querySelectorAll('input').forEach(e => e.remove());"
            + " document.querySelector('#say').textContent = '×××'"
      })
  void aLoginRefusesByAnAlertThatIsNew(boolean refuses, String script) {
    open(
        LOGIN,
        FIELDS.replace("</main>", "<p role=alert id=say style='padding:1em'><i></i></p></main>")
            + "<p role=alert id=old>Please sign in</p>"
            + "<div role=alert>We use cookies<button>Agree</button></div>");
    PageView before = look();
    assertFalse(look().tellsMoreThan(before));
    of(client.run(browser, script));
    assertEquals(refuses, look().tellsMoreThan(before));
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
  void aTitleIsToldOnlyWhereOneSignsIn() {
    String titled = "<script>document.title = 'Ada Lovelace'</script><button>·</button>";
    open("/in/ada-lovelace/", titled);
    assertEquals("", of(reader.outline(browser)).title());
    assertEquals("/in/*", of(reader.outline(browser)).path());
    open("/feed/", titled);
    assertEquals("", of(reader.outline(browser)).title());
    open(CHALLENGE, titled);
    assertEquals("Ada Lovelace", of(reader.outline(browser)).title());
  }

  @Test
  void aCodeIsAnsweredByAnAlertOrAnEmptiedFieldAndNotByAWordOfPatience() {
    open(CHALLENGE, "<input name=pin value=123456><p id=say></p><p role=alert id=error></p>");
    PageView before = look();
    of(client.run(browser, "document.querySelector('#say').textContent = 'Verifying'"));
    assertTrue(look().isUnansweredAfter(before));
    of(client.run(browser, "document.querySelector('#error').textContent = '×××'"));
    assertFalse(look().isUnansweredAfter(before));
    of(client.run(browser, "document.querySelector('#error').textContent = ''"));
    assertTrue(look().isUnansweredAfter(before));
    of(client.run(browser, "document.querySelector('[name=pin]').value = ''"));
    assertFalse(look().isUnansweredAfter(before));
  }

  @Test
  void aTickedBoxIsNoCode() {
    open(CHALLENGE, "<input name=pin value=000000><input type=checkbox checked>");
    assertTrue(look().filled());
    of(client.run(browser, "document.querySelector('[name=pin]').value = ''"));
    assertFalse(look().filled());
  }

  @Test
  void anEmptyRegionForErrorsSaysNoCodeWasWrong() {
    open(CHALLENGE, "<input name=pin><p role=alert id=verification_pin-error style='padding:1em'>");
    assertFalse(look().shows(PageMarker.WRONG_CODE));
  }

  @Test
  void aScriptThatIsImportedIsSeenOnceItIsThere() {
    open(LOGIN, "<script type=module>import('/x.js').catch(() => {})</script>" + FIELDS);
    LoginFields fields = login();
    assertFalse(fields.posts());
    assertTrue(fields.idle().compareTo(PATIENCE) < 0);
  }

  private static void open(String path, String body) {
    page = "<!DOCTYPE html><html><body>" + body + "</body></html>";
    of(client.goTo(browser, base().resolve(path)));
  }

  private static PageView look() {
    return of(reader.look(browser));
  }

  private static LoginFields login() {
    return of(reader.findLogin(browser));
  }

  private static String id(Optional<Element> element) {
    return of(client.run(browser, "return {id: arguments[0].id}", element.orElseThrow().argument()))
        .getString("id");
  }

  private static URI base() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  private static <T> T of(Uni<T> step) {
    return step.await().atMost(PATIENCE);
  }
}
