package ai.pathbound.identities.login.connector.webdriver.standin;

/** Login pages with a form that a script takes out of the browser's hands, or ought to. */
final class FormLogins {
  private FormLogins() {}

  /** A page that is not ready when its fields are there. */
  static String unready(LoginShape shape) {
    String form =
        """
        <form id="login"><input id="username" name="session_key" autocomplete="username">
        <input id="password" name="session_password" type="password"
          autocomplete="current-password"><button type="submit">Sign in</button></form>
        <p role="alert" id="say" hidden></p>
        """;
    String script =
        switch (shape) {
          case LATE_SCRIPT -> "<script async src='/late.js'></script>";
          case REPLACED_150 -> replaced("addEventListener('keydown', go, {once: true})", 150);
          case REPLACED_400 -> replaced("addEventListener('keydown', go, {once: true})", 400);
          case REPLACED_900 -> replaced("go()", 900);
          case SWALLOWED ->
              handled()
                  + """
                  <script>let left = 2; document.addEventListener('input', e => {
                    if (left-- > 0) setTimeout(() => e.target.value = '', 60); });</script>
                  """;
          case FORM_DATA ->
              handled(
                  """
                  fetch('/checkpoint/lg/login-submit?fetch', {method: 'POST',
                    body: new URLSearchParams(new FormData(e.target))})
                    .then(answer => location = answer.url);
                  """);
          case SUBMITS_ITSELF -> handled("e.target.submit();");
          case RESETS_ITSELF -> handled("e.target.submit(); e.target.reset();");
          case UNHANDLED ->
              "<script>addEventListener('click', () => navigator.sendBeacon('/pressed'));</script>";
          default -> "";
        };
    boolean silent = shape == LoginShape.NO_SCRIPT;
    String pressed = "<style>button:focus{background:url(/pressed)}</style>";
    return StandInPages.page("Sign in", (silent ? pressed : ScriptedLogins.SEND) + form + script);
  }

  private static String replaced(String when, int millis) {
    return handled()
        + """
        <script>{ const go = () => setTimeout(() => {
          for (const id of ['username', 'password']) {
            const old = document.getElementById(id); const fresh = old.cloneNode();
            fresh.value = ''; old.replaceWith(fresh);
          } }, %d); %s }</script>
        """
            .formatted(millis, when);
  }

  private static String handled() {
    return "<script>" + handler() + "</script>";
  }

  private static String handled(String how) {
    return """
    <script>document.getElementById('login').addEventListener('submit', e => {
      e.preventDefault();
      %s });</script>
    """
        .formatted(how);
  }

  /** What takes the form out of the browser's hands. */
  static String handler() {
    return """
    document.getElementById('login').addEventListener('submit', e => {
      e.preventDefault();
      const at = id => document.getElementById(id);
      send(at('username'), at('password'), marked(at('say'))); });
    """;
  }

  /** A password, and beside it something to type into that is no field one could know. */
  static String strange() {
    return StandInPages.page(
        "Sign in",
        """
        <form method="post" action="/checkpoint/lg/login-submit">
        <div role="textbox" contenteditable="true" style="width:9em;height:1em"></div>
        <input type="hidden" name="session_key" value="">
        <input id="password" name="session_password" type="password">
        <button type="submit">Sign in</button></form>
        """);
  }

  /** A password that is nobody's. */
  static String nobodys() {
    return StandInPages.page(
        "Sign in",
        """
        <main><form method="post" action="/checkpoint/lg/login-submit">
        <input type="hidden" name="session_key" value="">
        <input id="password" name="session_password" type="password">
        <button type="submit">Sign in</button></form></main>
        <form action="/search"><input type="hidden" name="session_key" value="grace"></form>
        <footer>Questions? <span>help@example.com</span></footer>
        """);
  }

  /** Who it is, before the login comes in the shape that the username asks for. */
  static String who() {
    return StandInPages.page(
        "Sign in",
        """
        <form id="who" method="get" action="/login/who"><input id="username" name="who" type="text">
        <div id="second" hidden><input id="password" name="session_password" type="password"></div>
        <button type="submit">Continue</button></form><script>
        document.getElementById('who').addEventListener('submit', async e => {
          e.preventDefault();
          const form = e.target;
          const answer = await fetch('/login/who?who=' + encodeURIComponent(form.who.value));
          const next = await answer.text();
          if (next !== 'here') { location = next; return; }
          form.method = 'post';
          form.action = '/checkpoint/lg/login-submit';
          form.who.name = 'session_key';
          document.getElementById('second').hidden = false;
        }, {once: true});</script>
        """);
  }
}
