package ai.pathbound.identities.login.connector.webdriver.standin;

/** The stand-in's pages, in the shapes of LinkedIn's. */
final class StandInPages {
  private static final String SUBMIT = "/checkpoint/lg/login-submit";

  private StandInPages() {}

  static String page(String title, String body) {
    return """
    <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>%s</title>
    <link rel="icon" href="data:,">
    <style>.hidden{display:none} body{font-family:sans-serif;margin:3em}</style></head>
    <body>%s</body></html>
    """
        .formatted(title, body);
  }

  static String login(LoginShape shape, boolean rejected, String elsewhere) {
    return switch (shape) {
      case OLDER, ELSEWHERE -> page("Sign in", older(SUBMIT, rejected));
      case SENDS_ELSEWHERE -> page("Sign in", older(elsewhere + SUBMIT, rejected));
      case COVERED ->
          page(
              "Sign in",
              older(SUBMIT, rejected)
                  + "<div style='position:fixed;inset:0;background:#0006'>We use cookies.</div>");
      case BADGE ->
          page(
              "Sign in",
              older(SUBMIT, rejected)
                  + "<div class='grecaptcha-badge' style='position:fixed;bottom:14px;right:0'>"
                  + "<iframe title='reCAPTCHA' src='/captcha-badge?size=invisible' width=256"
                  + " height=60></iframe></div>");
      case NEWER -> page("Sign in", newer(rejected));
      case TWO_PAGES ->
          page(
              "Sign in",
              """
              <form method="get" action="/login"><input id="username" name="step2" type="text">
              <button type="submit">Continue</button></form>
              """);
      case TWO_STEPS -> page("Sign in", twoSteps());
      case CHOOSER -> page("Welcome back", chooser());
      case ANOTHERS -> page("Welcome back", passwordOnly("somebody-else@example.org"));
      case PASSWORD_ONLY -> page("Welcome back", passwordOnly(""));
      case CAPTCHA -> captcha(false);
      case UNKNOWN ->
          page("Sign in", "<h1>Sign in with your face</h1><canvas width=9 height=9></canvas>");
      case FORMLESS,
          FORMLESS_COPIES,
          FORMLESS_FOREIGN,
          FORMLESS_ELSEWHERE,
          FORMLESS_LATE,
          FORMLESS_ALERT,
          FORMLESS_SPINNER,
          POINTER_DOWN,
          KEY_DOWN,
          STOPPED,
          UNNAMED ->
          ScriptedLogins.page(shape);
      case LATE_SCRIPT,
          REPLACED_150,
          REPLACED_400,
          REPLACED_900,
          SWALLOWED,
          FORM_DATA,
          SUBMITS_ITSELF,
          RESETS_ITSELF,
          NO_SCRIPT,
          UNHANDLED ->
          FormLogins.unready(shape);
      case BY_TAG -> FormLogins.who();
      case STRANGE -> FormLogins.strange();
      case NOBODYS -> FormLogins.nobodys();
      case DOWN -> throw new IllegalArgumentException("has no page");
    };
  }

  static String passwordOnly(String username) {
    return """
    <main><p>Welcome back</p><p class="member-profile-block">Ada</p><form method="post" action="%s">
    <input type="hidden" name="session_key" value="%s">
    <input id="password" name="session_password" type="password" autocomplete="current-password">
    <div id="error-for-password" class="hidden">Wrong password.</div>
    <button type="submit">Sign in</button></form></main>
    """
        .formatted(SUBMIT, username);
  }

  private static String older(String action, boolean rejected) {
    return """
    <h1>Sign in</h1><form method="post" action="%s">
    <input type="hidden" name="csrfToken" value="ajax:1"><input type="hidden" name="action">
    <input id="username" name="session_key" type="text" autocomplete="username">
    <div id="error-for-username" class="hidden" role="alert">Enter a valid username.</div>
    <input id="password" name="session_password" type="password" autocomplete="current-password">
    <div id="error-for-password" class="%s" role="alert">That is not the right password.</div>
    <button type="submit" aria-label="Sign in">Sign in</button></form>
    <div id="captcha-internal" class="hidden"></div>
    <iframe src="/captcha-invisible" style="display:none"></iframe>
    """
        .formatted(action, rejected ? "" : "hidden");
  }

  private static String newer(boolean rejected) {
    return """
    <header><form action="/search"><input type="text" name="q"><button type="submit">Search</button>
    </form></header><main><form method="post" action="%s">
    <label for=":r1:">Email or phone</label>
    <input id=":r1:" name="session_key" type="email" autocomplete="username webauthn">
    <label for=":r2:">Password</label>
    <input id=":r2:" name="session_password" type="password" autocomplete="current-password">
    <p id="error-for-password" style="visibility:%s">Wrong email or password.</p>
    <button type="button">Show</button><button type="submit"><span>Sign in</span></button>
    </form></main>
    """
        .formatted(SUBMIT, rejected ? "visible" : "hidden");
  }

  private static String twoSteps() {
    return """
    <form method="post" action="%s" onsubmit="
        if (!document.getElementById('second').className) return true;
        setTimeout(() => document.getElementById('second').className = '', 200); return false">
    <input id="username" name="session_key" type="text">
    <div id="second" class="hidden"><input id="password" name="session_password" type="password">
    </div><button type="submit">Go on</button></form>
    """
        .formatted(SUBMIT);
  }

  private static String chooser() {
    return """
    <div id="rememberme-div"><button type="button" onclick="location='/login?other=no'">Grace
    </button><button type="button" class="signin-other-account" onclick="location='/login?other=1'">
    Sign in using another account</button></div>
    """;
  }

  static String code(String stage, boolean newer, boolean wrong) {
    return newer ? newerCode(stage, wrong) : olderCode(stage, wrong);
  }

  private static String olderCode(String stage, boolean wrong) {
    boolean email = stage.equals("emailcode");
    String banner =
        """
        <div class="body__banner--error%s"><span role="alert">That code is not right.</span></div>
        """
            .formatted(wrong ? "" : " hidden");
    return page(
        "Security verification",
        """
        %s<form id="%s" method="post" action="/checkpoint/challenge/verify">
        %s<input id="input__%s_verification_pin" name="pin" type="text" value="%s">
        <button id="%s" type="submit">Submit</button></form>%s
        """
            .formatted(
                banner,
                email ? "email-pin-challenge" : "two-step-challenge",
                stage.equals("2fa") ? "<div id='auth-app-div'>Your authenticator app</div>" : "",
                email ? "email" : "phone",
                wrong ? "000000" : "",
                email ? "email-pin-submit-button" : "two-step-submit-button",
                WayPages.beside(stage)));
  }

  private static String newerCode(String stage, boolean wrong) {
    String where =
        switch (stage) {
          case "2fa" -> "Enter the code from your Authenticator\n  app";
          case "sms" -> "Enter the code from our text message";
          default -> "Enter the code sent to your email";
        };
    return page(
        "Verification",
        """
        <main><h1>%s</h1><form method="post" action="/checkpoint/challenge/verify">
        <input name="pin" inputmode="numeric" autocomplete="one-time-code">
        <span id="verification_pin-error" role="alert" %s>Wrong code</span>
        <button type="submit">Verify</button></form>%s</main>
        """
            .formatted(where, wrong ? "" : "hidden", WayPages.beside(stage)));
  }

  static String waiting(boolean app) {
    String text =
        app
            ? "Check your LinkedIn app. Tap Yes on your phone."
            : "Follow the link we sent to your email address.";
    return page(
        "Verification",
        """
        <h1>%s</h1><script>
        setInterval(async () => {
          const answer = await fetch('/checkpoint/poll');
          if ((await answer.text()) === 'go') location = '/checkpoint/go-on';
        }, 200);</script>
        """
            .formatted(text));
  }

  static String captcha(boolean frame) {
    return page(
        "Security check",
        frame
            ? "<h1>One moment</h1><iframe src='/captcha-shown' width=300 height=200></iframe>"
            : "<h1>Prove it</h1><div id='captcha-internal'>Pick the odd one out.</div>");
  }

  /** The feed; bare where it shows nothing that only members see. */
  static String feed(boolean bare) {
    return page(
        "Feed",
        (bare ? "" : "<nav id='global-nav'><a class='global-nav__me' href='/in/me/'>Me</a></nav>")
            + "<p>Grace: my account was temporarily restricted once!</p>"
            + "<iframe src='/captcha-in-an-ad'></iframe>");
  }

  static String offer() {
    return page(
        "Add a phone",
        """
        <h1>Add a phone number</h1><form method="post" action="/checkpoint/go-on">
        <input type="tel" name="phone"><button type="submit">Add</button>
        <button type="button" class="secondary-action" onclick="location='/checkpoint/go-on'">
        Skip</button></form>
        """);
  }
}
