package ai.pathbound.identities.login.connector.webdriver.standin;

/** Login pages that their own script sends, as LinkedIn's newer ones are. */
final class ScriptedLogins {
  // What a page does with the two fields and its button.
  private static final String SEND =
      """
      <script>
      const send = async (user, password, say) => {
        const answer = await fetch('/checkpoint/lg/login-submit?fetch', {method: 'POST',
          body: new URLSearchParams({session_key: user.value, session_password: password.value})});
        const text = await answer.text();
        if (text !== 'rejected') { location = answer.url; return; }
        say.textContent = '×××';
        say.hidden = false;
        password.setAttribute('aria-invalid', 'true');
      };
      </script>
      """;

  private ScriptedLogins() {}

  static String page(LoginShape shape) {
    return StandInPages.page(
        "Sign in",
        SEND
            + switch (shape) {
              case FORMLESS_COPIES ->
                  "<div style='display:none'>"
                      + fields("username webauthn", "Show", "Sign in", "a")
                      + "</div><div style='position:absolute;left:-9000px'>"
                      + fields("username webauthn", "Show", "Sign in", "b")
                      + "</div><header><form action='/search'><input name='q' type='text'>"
                      + "<button type='submit'>Search</button></form></header>"
                      + "<button type='button' onclick='location=\"/apple\"'>Sign in with Apple"
                      + "</button>"
                      + fields("username webauthn", "Show", "Sign in", "c")
                      + "<button type='button' onclick='location=\"/apple\"'>Sign in with Google"
                      + "</button><button type='button' onclick='location=\"/join\"'>Join</button>";
              case FORMLESS_FOREIGN -> fields("webauthn", "ⵎⵍ", "ⴽⵛⵎ", "d");
              case UNNAMED -> fields("off", "Show", "Sign in", "e");
              default -> fields("username webauthn", "Show", "Sign in", "f");
            });
  }

  private static String fields(String completes, String show, String button, String id) {
    return """
    <main><div><label>·<input autocomplete="%1$s" id=":%4$s1:"></label></div>
    <div><label>·<input type="password" autocomplete="current-password" id=":%4$s2:"></label>
    <button type="button" id=":%4$s3:">%2$s</button></div>
    <p role="alert" id=":%4$s4:" hidden></p>
    <div><button type="button" id=":%4$s5:">%3$s</button></div></main>
    <script>{
      const at = i => document.getElementById(':%4$s' + i + ':');
      at(3).onclick = () => at(2).type = at(2).type === 'text' ? 'password' : 'text';
      at(5).onclick = () => send(at(1), at(2), at(4));
    }</script>
    """
        .formatted(completes, show, button, id);
  }

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
          default -> "";
        };
    return StandInPages.page("Sign in", SEND + form + script);
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

  /** What takes the form out of the browser's hands. */
  static String handler() {
    return """
    document.getElementById('login').addEventListener('submit', e => {
      e.preventDefault();
      const at = id => document.getElementById(id);
      send(at('username'), at('password'), at('say')); });
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
        <form method="post" action="/checkpoint/lg/login-submit">
        <input id="password" name="session_password" type="password">
        <button type="submit">Sign in</button></form>
        """);
  }
}
