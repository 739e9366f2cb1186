package ai.pathbound.identities.login.connector.webdriver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import org.junit.jupiter.api.Test;

/** What a trace tells of a browser. */
class BrowserIdRedactionTest {
  private static final AttributeKey<String> URL = AttributeKey.stringKey("url.full");

  private static String traced(String url) {
    try (var provider =
        SdkTracerProvider.builder().addSpanProcessor(new BrowserIdRedaction()).build()) {
      var span = provider.get("test").spanBuilder("POST").setAttribute(URL, url).startSpan();
      return ((ReadableSpan) span).getAttribute(URL);
    }
  }

  @Test
  void theIdOfABrowserIsInNoTrace() {
    assertEquals(
        "http://hub:4444/session/-", traced("http://hub:4444/session/0a1b2c/element/f.1/value"));
    assertEquals("http://hub:4444/session/-", traced("http://hub:4444/session/0a1b2c"));
  }

  @Test
  void otherAddressesAreTold() {
    assertEquals("http://hub:4444/status", traced("http://hub:4444/status"));
    assertEquals("http://hub:4444/session", traced("http://hub:4444/session"));
  }
}
