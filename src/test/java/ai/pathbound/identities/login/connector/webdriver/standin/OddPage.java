package ai.pathbound.identities.login.connector.webdriver.standin;

/** A page that nobody knows, and could: the document shows how. */
final class OddPage {
  static final String ADDRESS = "/checkpoint/challengesV3/AQFp0dZ-6nM2AAABk1Yt7wqLhY3uXcVbN";

  private OddPage() {}

  static String page() {
    return StandInPages.page(
        "Verification",
        """
        <h1>ⵎⵍ ⴽⵛⵎ</h1><form id="check-17" method="post" action="/checkpoint/challenge/verify">
        <label>ⵎⵍ<input type="tel" name="otp"></label><button type="submit">ⴽⵛⵎ</button></form>
        """);
  }
}
