package ai.pathbound.identities.login.connector.webdriver.standin;

/** What LinkedIn shows between the password and the feed, in the shapes of late. */
final class ChallengePages {
  private ChallengePages() {}

  /** An account that is restricted, in a language that nobody wrote down. */
  static String restriction() {
    return StandInPages.page("ⵎⵍ", "<h1>ⵎⵍ ⴽⵛⵎ</h1><a href='/help'>ⵎⵍ</a>");
  }

  /** A tap in the app is awaited; told by its structure. */
  static String approval(boolean leadsBack) {
    return StandInPages.page(
        "ⵎⵍ",
        """
        <h1 class="header__content__heading__inapp">ⵎⵍ ⴽⵛⵎ</h1>
        <a id="try-another-way" href="#">ⵎⵍ</a><script>
        setInterval(async () => {
          const answer = await fetch('/checkpoint/poll');
          if ((await answer.text()) === 'go') location = '%s';
        }, 200);</script>
        """
            .formatted(leadsBack ? "/login?session_redirect=expired" : "/checkpoint/go-on"));
  }

  /** A security check that begins with a button. */
  static String puzzle() {
    return StandInPages.page(
        "Security", "<h1>A quick security check</h1><button type='button'>Start</button>");
  }

  static String arkose() {
    return StandInPages.page(
        "Security",
        "<h1>·</h1><iframe src='/captcha-shown?arkoselabs' width=300 height=200></iframe>");
  }

  /** A code, asked for in words of which none says of which kind. */
  static String code(String stage, boolean wrong) {
    String words =
        stage.equals("phone05")
            ? "Enter the code we've sent to phone number ending with 05"
            : "ⵎⵍ ⴽⵛⵎ";
    return StandInPages.page(
        "Verify",
        """
        <main><h1>%s</h1><form method="post" action="/checkpoint/challenge/verify">
        <input name="pin" type="tel">%s<button type="button" formnovalidate>ⵎⵍ</button>
        <button type="submit">ⴽⵛⵎ</button></form></main>
        """
            .formatted(words, wrong && stage.equals("phone05") ? "<b>×</b>" : ""));
  }

  /** A code whose page asks again in place, by a script. */
  static String codeInPlace() {
    return StandInPages.page(
        "Verify",
        """
        <main><h1>Enter the code we sent to your email address</h1>
        <input autocomplete="one-time-code"><p id="say"></p>
        <button type="button" onclick="
          fetch('/checkpoint/challenge/verify?fetch', {method: 'POST',
            body: new URLSearchParams({pin: document.querySelector('input').value})})
          .then(async a => { if ((await a.text()) !== 'wrong') location = a.url;
            else { document.querySelector('input').value = '';
              document.getElementById('say').textContent = '×××'; } })">Verify</button></main>
        """);
  }

  /**
   * The same in Italian. Below the field come a button that sends another code and one for another
   * way; only its look tells the one that is meant. A wrong code empties the field, and that is
   * all.
   */
  static String resend() {
    return StandInPages.page(
        "Verifica",
        """
        <style>.x7{background:none;border:0} .k2{background:#06c;color:#fff}</style>
        <main><h1>Inserisci il codice</h1>
        <p><input autocomplete="one-time-code"></p>
        <p><label><input type="checkbox" checked> Ricorda</label></p>
        <p><button type="button" class="x7" onclick="location='/checkpoint/wrong-button'">Invia di
        nuovo</button></p>
        <p><button type="button" id="try-another-way"
          onclick="location='/checkpoint/wrong-button'">In un altro modo</button></p>
        <p><button type="button" class="k2" onclick="
          fetch('/checkpoint/challenge/verify?fetch', {method: 'POST',
            body: new URLSearchParams({pin: document.querySelector('input').value})})
          .then(async a => { if ((await a.text()) !== 'wrong') location = a.url;
            else document.querySelector('input').value = ''; })">Invia</button></p></main>
        """);
  }

  /** An approval, in words that could be those of a security check. */
  static String approvalWithCheck() {
    return StandInPages.page(
        "Security",
        """
        <h1 class="header__content__heading__inapp">A quick security check</h1>
        <button type="button" onclick="location='/checkpoint/wrong-button'">Start</button>
        """
            + polled());
  }

  /** A link in an e-mail is awaited; there is another way. */
  static String linkOrOtherWay() {
    return StandInPages.page(
        "Verification",
        "<h1>Follow the link we sent to your email address.</h1>"
            + "<a id='try-another-way' href='/checkpoint/wrong-button'>Another way</a>"
            + polled());
  }

  private static String polled() {
    return """
    <script>
    setInterval(async () => {
      const answer = await fetch('/checkpoint/poll');
      if ((await answer.text()) === 'go') location = '/checkpoint/go-on';
    }, 200);</script>
    """;
  }

  /** An offer, and a banner over the whole page. */
  static String coveredOffer() {
    return StandInPages.offer()
        .replace(
            "</body>",
            "<div style='position:fixed;inset:0;background:#0006'>We use cookies.</div></body>");
  }

  static String moment() {
    return StandInPages.page(
        "·", "<h1>One moment</h1><script>setTimeout(() => location = '/feed/', 8000)</script>");
  }

  static String elsewhere(String what) {
    return StandInPages.page("·", "<h1>" + what + "</h1><button type='button'>Next</button>");
  }

  /** The feed's address, where nobody is signed in. */
  static String signedOutFeed(String how) {
    return switch (how) {
      case "picker" ->
          StandInPages.page(
              "·",
              "<div id='rememberme-div'><button type='button'>Grace</button>"
                  + "<button type='button' class='signin-other-account'>·</button></div>");
      case "wall" ->
          StandInPages.page(
              "·", "<h1>Join</h1><a href='/join'>Join now</a><button type='button'>Agree</button>");
      default ->
          StandInPages.page(
              "·",
              "<form method='post' action='/checkpoint/lg/login-submit'><input name='session_key'>"
                  + "<input type='password' name='session_password'><button>·</button></form>");
    };
  }
}
