package ai.pathbound.identities.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where an operator may say that the page is. */
class BaseUrlTest {
  @ParameterizedTest
  @CsvSource({
    "https://connect.example.com,https://connect.example.com",
    "https://connect.example.com/,https://connect.example.com",
    "' https://connect.example.com:8443 ',https://connect.example.com:8443",
    "HTTPS://Connect.Example.COM:443/,https://connect.example.com",
    "http://LOCALHOST:80,http://localhost",
    "http://localhost:8080,http://localhost:8080",
    "http://127.0.0.1,http://127.0.0.1",
    "http://[::1]:8080,http://[::1]:8080"
  })
  void anOriginIsTaken(String given, String origin) {
    assertEquals(origin, BaseUrl.parse(given));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://connect.example.com",
        "http://localhost.example.com",
        "http://127.0.0.1.example.com",
        "https://connect.example.com/path",
        "https://connect.example.com?x=1",
        "https://connect.example.com#x",
        "https://user:password@connect.example.com",
        "ftp://connect.example.com",
        "connect.example.com",
        "https://",
        "https:connect.example.com",
        "javascript:alert(1)",
        "nonsense here"
      })
  void anythingElseStopsTheStart(String given) {
    assertThrows(IllegalArgumentException.class, () -> BaseUrl.parse(given));
  }
}
