package ai.pathbound.identities.login.connector.webdriver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.login.connector.webdriver.pages.PageMarker;
import ai.pathbound.identities.login.connector.webdriver.pages.WaysOn;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a challenge's page offers, and that it is no word about the challenge. */
@Tag("faults")
class WayReadingTest extends SinglePageTest {
  private static WaysOn ways(String body) {
    open(CHALLENGE, body);
    return of(reader.waysOn(browser));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "EMAIL_CODE | <a href=/checkpoint/y>Authenticator app</a><p>See your email</p>",
        "EMAIL_CODE | <button>Your email</button><p>See your email</p>",
        "EMAIL_CODE | <p>See your email</p><button>Your email</button>",
        "EMAIL_CODE | <p>See your email</p><label><input type=radio>Text message</label>",
        "SMS_CODE | <label>Code of the text message</label>",
        "CODE | <a href=/checkpoint/y>Use a <b>text message</b></a>",
        "CODE | <div role=button><button>Text message</button></div>",
        "SMS_CODE | <div role=button><button>Text message</button></div><p>A text message</p>"
      })
  void whatAWayIsCalledIsNoWordAboutTheChallenge(PageMarker kind, String body) {
    open(CHALLENGE, body + "<input name=pin>");
    assertEquals(Optional.of(kind), look().marker());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SMS_CODE | <a href=/checkpoint/y>Get a text message</a>",
        "SMS_CODE | <a href='#'>Get a text message</a>",
        "SMS_CODE | <button>Get a text message</button>",
        "SMS_CODE | <button aria-label='Text message'><svg width=9 height=9></svg>→</button>",
        "SMS_CODE | <input type=submit value='Text message'>",
        "AUTHENTICATOR_CODE | <p role=button tabindex=0>Verify using authenticator app</p>",
        "EMAIL_LINK | <a href=/checkpoint/y>Email me a one-time link</a>",
        "EMAIL_CODE | <a href=/checkpoint/y>Email me a code</a>",
        "APP_APPROVAL | <label><input type=radio>In the LinkedIn app</label>"
      })
  void aWayIsKnownByWhatItSays(PageMarker kind, String body) {
    assertEquals(Set.of(kind), ways(body).ways().keySet());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<p>Get a text message</p>",
        "<a href=/help/sms>About text messages</a>",
        "<a href=https://elsewhere.example/checkpoint/y>Get a text message</a>",
        "<a href='http://['>Get a text message</a>",
        "<nav><a href=/checkpoint/y>Get a text message</a></nav>",
        "<a href=/checkpoint/y>Text message or authenticator app</a>",
        "<button disabled>Get a text message</button>",
        "<button hidden>Get a text message</button>",
        "<button formaction='http://['>Get a text message</button>",
        "<form action=https://elsewhere.example/><button>Get a text message</button></form>",
        "<label>Text message<input name=pin></label>"
      })
  void whatLeadsElsewhereOrNowhereOrToTwoIsNoWay(String body) {
    assertTrue(ways(body).ways().isEmpty());
  }

  @Test
  void whatIsPickedIsSentByTheButtonOfItsForm() {
    WaysOn found =
        ways(
            "<form action=/checkpoint/z><button id=no>Go</button></form><form action=/checkpoint/y>"
                + "<p><label id=app><input type=radio name=a>Authenticator app</label></p>"
                + "<p><label id=sms><input type=radio name=a>Text message</label></p>"
                + "<p><button type=button id=back>Back</button><button id=go>Continue</button></p>"
                + "</form>");
    WaysOn.Way way = found.ways().get(PageMarker.SMS_CODE);
    assertEquals("sms", id(Optional.of(way.pick())));
    assertEquals("go", id(way.send()));
    assertEquals("app", id(Optional.of(found.ways().get(PageMarker.AUTHENTICATOR_CODE).pick())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true | <button id=a>Verify</button><button id=btn-resend-pin>·</button>",
        "true | <button id=a>Verify</button><button id=btn-resend-pin-sms>Neu</button>",
        "false | <button disabled id=btn-resend-pin>Resend in 0:59</button>",
        "false | <a aria-disabled=true id=btn-resend-pin>Resend</a>",
        "true | <a href=/checkpoint/y id=btn-resend>Send another code</a>"
      })
  void whatSendsAgainIsKnownByItsIdAndMayBeOff(boolean ready, String body) {
    WaysOn found = ways(body);
    assertTrue(id(found.resend()).startsWith("btn-resend"));
    assertEquals(ready, found.ready());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<p>Resend</p>",
        "<a href=/help/resend>Why was no code resent? Resend</a>",
        "<button>Verify</button>"
      })
  void whatDoesNotSendAgainIsNotPressedForIt(String body) {
    assertFalse(ways(body).resend().isPresent());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "42 | <p>Enter the code sent to the phone number ending in 42</p>",
        "42 | <p>Your number ending with: <b>42</b>.</p>",
        "4242 | <p>Your number ending 4242</p>",
        " | <p>Your number ending in 42424</p>",
        " | <p>Code 42</p>"
      })
  void theEndOfANumberStandsAfterItsWords(String end, String body) {
    assertEquals(Optional.ofNullable(end), ways(body).numberEnd());
  }

  @Test
  void linesThatMayNameAnAddressAreHandedOverAndDoNotPrintThemselves() {
    WaysOn found = ways("<main><h1>Code</h1><p>It went to ada@example.com</p></main><p>1</p>");
    assertEquals(
        Set.of("It went to ada@example.com"),
        found.said().stream().map(line -> line.reveal()).collect(Collectors.toSet()));
    assertFalse(found.toString().contains("ada@"), "a secret is printed");
  }

  @Test
  void aPageOfAnotherOriginOffersNothing() {
    open(CHALLENGE, "<button>Get a text message</button>");
    of(client.goTo(browser, URI.create("data:text/html,%3Cbutton%3EText%20message%3C/button%3E")));
    assertTrue(of(reader.waysOn(browser)).ways().isEmpty());
  }
}
