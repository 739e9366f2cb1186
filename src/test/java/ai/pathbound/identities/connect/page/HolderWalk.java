package ai.pathbound.identities.connect.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.DatabaseTime;
import ai.pathbound.identities.connect.ConnectClient;
import ai.pathbound.identities.connect.ConnectClient.Made;
import ai.pathbound.identities.secret.Sentinels;
import io.vertx.core.json.JsonArray;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A holder in a real Chromium, who uses nothing but the keyboard, and a machine that looks along.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class HolderWalk extends WalkedProgram {
  static final Sentinels SENTINELS = new Sentinels();
  private static final Set<String> SEEN = new HashSet<>();

  ConnectClient client;
  PageWords words;
  String language;
  boolean scripts;
  // Or else what leads to a state is sent beside the browser, which is shown where it has led.
  boolean hands = true;
  private PageBrowser other;
  String folder;
  Made link;

  void be(int width, boolean withScripts, boolean dark) {
    scripts = withScripts;
    browser.be(width, language, withScripts, dark);
  }

  void make(String identity) {
    link = client.link(identity, Map.of("redirect_url", ConnectClient.BACK, "state", "s"));
    SENTINELS.remember(link.token());
  }

  void open() {
    open(client.client().newIdentity());
  }

  /** Looks at the consent of a new link. */
  void look() {
    make(client.client().newIdentity());
    browser.forgetCookies();
    browser.goTo(link.url());
    browser.sees(words.of("consentTitle"));
  }

  /** Makes a link and consents. */
  void open(String identity) {
    make(identity);
    browser.forgetCookies();
    if (!hands) {
      other = new PageBrowser().speaking(language);
      other.consent(link);
      SENTINELS.remember(other.cookie());
      browser.keepCookie(program.url(), PageBrowser.cookieName(link), other.cookie());
      return;
    }
    browser.goTo(link.url());
    browser.sees(words.of("consentTitle"), words.of("consentRevokeTitle"), words.of("notLinkedin"));
    picture("consent");
    browser.tabTo("button");
    browser.enter();
    browser.sees(words.of("credentialsTitle"));
    String cookie = browser.cookie(PageBrowser.cookieName(link));
    SENTINELS.remember(cookie);
    other = new PageBrowser().speaking(language).with(link, cookie);
    if (scripts) {
      assertFalse(browser.history().contains(link.token()), browser.history());
    }
    sees("credentials", "credentialsTitle", "credentialsPassword");
  }

  void submit(String tag) {
    String username = Sentinels.USERNAME + "+" + tag + "@example.com";
    if (hands) {
      typeAndSubmit(username);
    } else {
      submitBeside(tag);
    }
  }

  void submitBeside(String tag) {
    other
        .submit(Sentinels.USERNAME + "+" + tag + "@example.com", Sentinels.PASSWORD)
        .then()
        .statusCode(303);
  }

  void typeAndSubmit(String username) {
    submit(username, Sentinels.PASSWORD);
  }

  void submit(String username, String password) {
    type(username, password);
    browser.enter();
  }

  void type(String username, String password) {
    goToThePage();
    browser.awaitFocus("#username");
    browser.paste(username);
    browser.tabTo("#password");
    browser.paste(password);
  }

  /** What the hands would have led to. */
  private void goToThePage() {
    if (!hands) {
      browser.load(program.url() + PageBrowser.page(link));
    }
  }

  void code(String code) {
    if (hands) {
      typeCode(code);
    } else {
      other.code(code).then().statusCode(303);
    }
  }

  void typeCode(String code) {
    goToThePage();
    browser.awaitFocus("#code");
    browser.type(code);
    browser.enter();
  }

  /** Presses the first button of the forms that are sent there. */
  void press(String step) {
    browser.tabTo("form[action$='/" + step + "'] button");
    browser.enter();
  }

  /**
   * A page with a form does not load itself anew where no script does it: its holder does, until
   * the page says that.
   */
  void looksAgainFor(String key) {
    if (!scripts && hands) {
      Awaitility.await(key)
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(700))
          .until(
              () -> {
                browser.goTo(program.url() + PageBrowser.page(link));
                browser.sees(words.of("notLinkedin"));
                return browser.text().contains(words.of(key));
              });
    }
  }

  /** What a screen reader is told where scripts have changed the page in its place. */
  void hears(String key) {
    if (scripts && hands) {
      assertEquals(words.of(key), browser.announced());
    }
  }

  void done() {
    if (!hands) {
      other.showing(words.of("doneTitle"));
      assertEquals("completed", client.status(link));
      return;
    }
    browser.sees(words.of("doneTitle"), words.of("doneText"));
    browser.awaitFocus("a.button");
    assertEquals("completed", client.status(link));
  }

  /** Sees what a state says, where it has led to it by itself. */
  void sees(String state, String... keys) {
    if (!hands) {
      stands(words.of(keys[0]));
      goToThePage();
    }
    seesHere(state, keys);
  }

  /** Waits until the page says that. */
  void stands(String... texts) {
    if (hands) {
      browser.sees(texts);
    } else {
      for (String text : texts) {
        other.showing(text);
      }
    }
  }

  /** Sees what the answer to a form says. */
  void seesHere(String state, String... keys) {
    seesByToken(state, keys);
    assertFalse(browser.url().contains(link.token()), browser.url());
  }

  void seesByToken(String state, String... keys) {
    browser.sees(Arrays.stream(keys).map(words::of).toArray(String[]::new));
    picture(state);
  }

  /** Takes a picture of a state where there is none yet, and looks at it as a machine can. */
  void picture(String state) {
    Path file = Path.of("target", "connect", folder, state + ".png");
    if (!SEEN.add(folder + state)) {
      return;
    }
    SENTINELS.look("the page " + state, browser.source());
    String where = folder + " " + state;
    assertEquals(language, browser.run("return document.documentElement.lang"), where);
    assertEquals(1, browser.run("return document.querySelectorAll('h1').length"), where);
    assertTrue(browser.tooWide() <= 0, where + " is too wide by " + browser.tooWide());
    browser.picture(file);
    assertEquals(List.of(), fieldsWithoutTheirAutocomplete(), where);
    assertEquals(List.of(), browser.findings(), where);
  }

  /** Fields that password managers and phones would not know. */
  static Object fieldsWithoutTheirAutocomplete() {
    return ((JsonArray)
            browser.run(
                """
                const known = {username: 'username', password: 'current-password', code: 'one-time-code'};
                return [...document.querySelectorAll('input:not([type=hidden])')]
                    .filter(field => field.autocomplete !== known[field.name])
                    .map(field => field.outerHTML);
                """))
        .stream().map(String::valueOf).toList();
  }

  /**
   * What waits, where no script shows what changes: as long as an answer is held, chromedriver says
   * nothing. So others hold all that are held for a link, and the page is looked at by hand.
   */
  void waits(String state, String... keys) {
    other.showing(words.of(keys[0]));
    String version = settledVersion();
    HeldAnswers held = HeldAnswers.of(port, link, other.cookie(), version);
    try {
      browser.goTo(program.url() + PageBrowser.page(link) + PageResource.AFTER_QUERY + version);
      browser.sees(words.of("workingByHand"));
      seesHere(state, keys);
    } finally {
      held.close();
    }
  }

  /** The version of the page, once it is the same at two looks. */
  private String settledVersion() {
    AtomicReference<String> last = new AtomicReference<>("");
    return Awaitility.await()
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> PageBrowser.version(other.page()),
            version -> version.equals(last.getAndSet(version)));
  }

  /** Follows the link of a page that waits, once it has something else to say. */
  void looksAgainOnce(String key) {
    if (hands) {
      other.showing(words.of(key));
      browser.tabTo("main p a");
      browser.enter();
      browser.sees(words.of(key));
    }
  }

  void pass(Duration time) {
    sql(DatabaseTime.passes(time, client.client().tenant()));
  }
}
