package ai.pathbound.identities.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which URLs a tenant may name. */
class TenantUrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example.com",
        "https://app.example.com/connected?from=page&x=%20",
        "https://app.example.com:8443/a/b",
        "https://xn--bcher-kva.example/"
      })
  void anHttpsUrlOfANameIsTaken(String url) {
    assertTrue(TenantUrl.isFit(url, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "http://app.example.com/",
        "//app.example.com/",
        "/\\app.example.com/",
        "https:/app.example.com/",
        "https:app.example.com",
        "https://app.example.com\\@evil.example/",
        "https://user@app.example.com/",
        "https://user:pw@app.example.com/",
        "https://@app.example.com/",
        "https://app.example.com/#fragment",
        "https://app.example.com:0/",
        "https://app.example.com:65536/",
        "https://app.example.com:/",
        "https://APP.example.com/",
        "HTTPS://app.example.com/",
        "https://app.example.com./",
        "https://app_x.example.com/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://app.example.com/ space",
        "https://app.example.com/\ttab",
        "https://app.example.com/\nline",
        " https://app.example.com/",
        "https://app.example.com/%zz",
        "https://\u0430pp.example.com/",
        "https://app\u3002example.com/",
        "javascript:alert(1)",
        "javascript://app.example.com/%0aalert(1)",
        "data:text/html,x",
        "https://app.example.com/<script>",
        "https://app.example.com/\"onload=",
        "https://app.example.com/\u202e"
      })
  void whateverTwoParsersMayReadDifferentlyIsNot(String url) {
    assertFalse(TenantUrl.isFit(url, false));
    assertFalse(TenantUrl.isFit(url, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:3000/back",
        "http://127.0.0.1/",
        "http://[::1]:3000/back",
        "https://localhost:3000/back",
        "https://127.0.0.1/",
        "https://[::1]/"
      })
  void thisMachineIsForTryingAlone(String url) {
    assertFalse(TenantUrl.isFit(url, false));
    assertTrue(TenantUrl.isFit(url, true));
  }

  @Test
  void aUrlHasAnEnd() {
    String url = "https://app.example.com/" + "x".repeat(2048 - 24);
    assertEquals(2048, url.length());
    assertTrue(TenantUrl.isFit(url, false));
    assertFalse(TenantUrl.isFit(url + "x", false));
  }
}
