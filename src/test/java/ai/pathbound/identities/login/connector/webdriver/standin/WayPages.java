package ai.pathbound.identities.login.connector.webdriver.standin;

/** What stands beside a challenge's question, and the lists of other ways. */
final class WayPages {
  private static final String RESEND =
      """
      <p><button type="button" id="%s" %s onclick="
        fetch('/checkpoint/resend', {method: 'POST'}).then(() =>
          document.getElementById('said').textContent = 'We have sent you another code.')">Resend
      </button><span id="said"></span></p>
      """;

  private WayPages() {}

  /** Beside the question of a stage of the sandbox's. */
  static String beside(String stage) {
    return switch (stage) {
      case "2fa" -> link("/checkpoint/other?to=sms", "Verify using a text message");
      case "sms" ->
          "<p>It went to •••• 42</p>"
              + RESEND.formatted("btn-resend-pin-sms", "")
              + link("/checkpoint/other?to=2fa", "Verify using authenticator app");
      case "emailcode" ->
          "<p>It went to a•••@example.com</p>" + RESEND.formatted("btn-resend-pin", "");
      default -> "";
    };
  }

  private static String link(String to, String says) {
    return "<p><a id='try-another-way' href='" + to + "'>" + says + "</a></p>";
  }

  /** A challenge whose ways are of another shape. */
  static String challenge(String stage) {
    return StandInPages.page(
        "Verification",
        switch (stage) {
          case "waylink" ->
              """
              <h1 class="header__content__heading__inapp">Check your LinkedIn app</h1>
              """
                  + link("/checkpoint/other?to=2fa", "Verify using authenticator app")
                  + "<p><a href='/help/two-step'>About text messages</a></p>";
          case "resendlater" ->
              "<main><h1>Enter the code sent to phone number ending in 42</h1>"
                  + form()
                  + RESEND.formatted("btn-resend-pin-sms", "disabled")
                  + """
                  <script>setTimeout(() =>
                    document.getElementById('btn-resend-pin-sms').disabled = false, 2500)</script>
                  </main>
                  """;
          default ->
              "<main><h1>Enter the code sent to your email</h1>"
                  + form()
                  + "<p><a href='/checkpoint/ways'>Try another way</a></p></main>";
        });
  }

  private static String form() {
    return """
    <form method="post" action="/checkpoint/challenge/verify">
    <input name="pin" inputmode="numeric" autocomplete="one-time-code">
    <button type="submit">Verify</button></form>
    """;
  }

  /** The list behind a link that says not where it leads to. */
  static String list(String stage) {
    return StandInPages.page(
        "Verification",
        switch (stage) {
          case "wayradio" ->
              """
              <main><h1>How do you want to do it?</h1>
              <form method="post" action="/checkpoint/other">
              <p><label><input type="radio" name="to" value="2fa" checked>
                Authenticator app</label></p>
              <p><label><input type="radio" name="to" value="sms"> Text message (SMS)</label></p>
              <button type="submit">Continue</button></form></main>
              """;
          default ->
              """
              <main><h1>How do you want to do it?</h1>
              <p><button type="button" onclick="location='/checkpoint/other?to=2fa'">With your
                authenticator app</button></p>
              <p><button type="button" onclick="location='/checkpoint/other?to=app'">In the LinkedIn
                app</button></p></main>
              """;
        });
  }
}
