package ai.pathbound.identities.login.connector.webdriver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.login.connector.webdriver.pages.PageMarker;
import ai.pathbound.identities.login.connector.webdriver.pages.PageView;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the connector makes of single pages, all of them in one browser. */
@Tag("faults")
class PageReadingTest extends SinglePageTest {

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
}
