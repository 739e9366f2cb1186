package ai.pathbound.identities.connect.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may post to the page. */
class PageDoorsTest {
  private static final String OWN = "https://connect.example.com";

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "same-origin,https://connect.example.com,true",
        "same-origin,null,true",
        "-,https://connect.example.com,true",
        "-,null,false",
        "-,-,false",
        "same-origin,-,false",
        "same-origin,https://evil.example,false",
        "same-site,https://connect.example.com,false",
        "cross-site,https://connect.example.com,false",
        "cross-site,null,false",
        "none,https://connect.example.com,false",
        "none,null,false",
        "-,https://connect.example.com.evil.example,false",
        "-,https://connect.example.com/,false",
        "-,http://connect.example.com,false",
        "-,https://connect.example.com:8443,false"
      })
  void onlyThePageItself(String site, String origin, boolean own) {
    assertEquals(own, PageDoors.isOwn(site, origin, OWN));
  }
}
