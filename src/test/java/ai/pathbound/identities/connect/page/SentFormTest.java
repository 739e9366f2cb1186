package ai.pathbound.identities.connect.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a form is read. */
class SentFormTest {
  private static final String TYPE = "application/x-www-form-urlencoded";

  private static String field(String type, String body) {
    return SentForm.read(type, body.getBytes(StandardCharsets.UTF_8)).field("f");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "f=v|v",
        "a=b&f=v&f=w|v",
        "f=a+b%20c|a b c",
        "f=%2B%26%3D%25|+&=%",
        "f=a=b|a=b",
        "f=p%C3%A4ss|päss",
        "f=päss|päss",
        "%66=v|v",
        "f|''",
        "&&f=&|''",
        "F=v|"
      })
  void aFieldIsTheFirstOfItsName(String body, String value) {
    assertEquals(value, field(TYPE, body));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%z1", "%1z", "%1", "%+1", "%-1", "%C3", "%ff", "%ED%A0%80"})
  void whatIsMalformedHasNoFields(String bad) {
    assertNull(field(TYPE, "f=v&a=" + bad));
    assertNull(field(TYPE, "f=v&" + bad + "=a&b=c"));
    assertNull(field(TYPE, "f=" + bad));
  }

  @ParameterizedTest
  @CsvSource({
    "application/x-www-form-urlencoded;charset=UTF-8,true",
    "Application/X-WWW-Form-Urlencoded ; charset=nonsense,true",
    "application/x-www-form-urlencodedx,false",
    "text/plain,false",
    "multipart/form-data; boundary=x,false",
    ";,false"
  })
  void onlyAFormIsRead(String type, boolean isForm) {
    assertEquals(isForm ? "v" : null, field(type, "f=v"));
  }

  @Test
  void noBodyAndNoTypeAreNoForm() {
    assertNull(SentForm.read(TYPE, null).field("f"));
    assertNull(field(null, "f=v"));
  }

  @Test
  void aFormIsNotWritten() {
    assertEquals(
        "SentForm[]", SentForm.read(TYPE, "f=v".getBytes(StandardCharsets.UTF_8)).toString());
  }
}
