package ai.pathbound.identities.login.connector.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.pathbound.identities.secret.Secret;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxUsernameTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "ada@example.com, ada@example.com, ''",
        "Ada@Example.COM, ada@example.com, ''",
        "ada+2fa@example.com, ada@example.com, AUTHENTICATOR_CODE",
        "ada+2FA+Locked@example.com, ada@example.com, AUTHENTICATOR_CODE LOCK",
        "ada+sms+emailcode+app@x.org, ada@x.org, SMS_CODE EMAIL_CODE APP_APPROVAL",
        "ada+email+never+slow@x.org, ada@x.org, EMAIL_LINK IGNORED_EMAIL_LINK SLOW_PAGE",
        "ada+rejected+captcha@x.org, ada@x.org, REJECTION CAPTCHA",
        "ada+unknown+down@x.org, ada@x.org, UNKNOWN_CHALLENGE OUTAGE",
        "ada+2fa+2fa@x.org, ada@x.org, AUTHENTICATOR_CODE AUTHENTICATOR_CODE",
        "ada+newsletter+sms+x@x.org, ada@x.org, SMS_CODE",
        "ada+ended_session+ENDED_SESSION+lock@x.org, ada@x.org, ''",
        "ada+@x.org, ada@x.org, ''",
        "ada+++sms@x.org, ada@x.org, SMS_CODE",
        "ada+sms, ada, SMS_CODE",
        "ada, ada, ''",
        "+sms@x.org, @x.org, SMS_CODE",
        "+sms, +sms, SMS_CODE",
        "+4915112345, +4915112345, ''",
        "+, +, ''",
        "@, @, ''",
        "+@, @, ''",
        "ada@x+2fa.org, ada@x+2fa.org, ''",
        "a@b+sms@x.org, a@b@x.org, SMS_CODE",
        "'', '', ''"
      })
  void aUsernameSaysWhoseItIsAndWhatHappens(String text, String member, String steps) {
    SandboxUsername username = SandboxUsername.of(Secret.of(text));
    assertEquals(member, username.member().key().reveal());
    assertEquals(steps, username.steps().stream().map(Step::name).collect(Collectors.joining(" ")));
  }

  @ParameterizedTest
  @CsvSource({
    "ada@x.org, false",
    "ada+expired@x.org, true",
    "ada+2fa+Expired@x.org, true",
    "ada+expired+2fa@x.org, true",
    "expired@x.org, false",
    "ada@expired, false",
    "ada+unexpired@x.org, false"
  })
  void theTagExpiredMakesTheSessionShortLivedWhereverItStands(String text, boolean shortLived) {
    assertEquals(shortLived, SandboxUsername.of(Secret.of(text)).shortLived());
  }

  @Test
  void aUsernameIsNotPrinted() {
    assertFalse(SandboxUsername.of(Secret.of("lovelace+2fa@x.org")).toString().contains("love"));
  }
}
