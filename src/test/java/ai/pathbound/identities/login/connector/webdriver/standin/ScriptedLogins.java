package ai.pathbound.identities.login.connector.webdriver.standin;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Login pages without a form, which their own script sends, as LinkedIn's newer ones are. */
final class ScriptedLogins {
  // What a page does with the two fields and its button.
  static final String SEND =
      """
      <script>
      const send = async (user, password, say) => {
        const answer = await fetch('/checkpoint/lg/login-submit?fetch', {method: 'POST',
          body: new URLSearchParams({session_key: user.value, session_password: password.value})});
        const text = await answer.text();
        if (text !== 'rejected') { location = answer.url; return; }
        say(user, password);
      };
      const marked = by => (user, password) => {
        by.textContent = '×××';
        by.hidden = false;
        password.setAttribute('aria-invalid', 'true');
      };
      </script>
      """;

  private static final String MARKED = "marked(alert)";

  private ScriptedLogins() {}

  static String page(LoginShape shape) {
    return StandInPages.page(
        "Sign in",
        SEND
            + switch (shape) {
              case FORMLESS_COPIES ->
                  copies()
                      + "<header><form action='/search'><input name='q' type='text'>"
                      + "<button type='submit'>Search</button></form></header>"
                      + "<button type='button' onclick='location=\"/apple\"'>Sign in with Apple"
                      + "</button>"
                      + fields("username webauthn", "Show", "Sign in", MARKED)
                      + "<button type='button' onclick='location=\"/apple\"'>Sign in with Google"
                      + "</button><button type='button' onclick='location=\"/join\"'>Join</button>";
              case FORMLESS_FOREIGN -> fields("webauthn", "ⵎⵍ", "ⴽⵛⵎ", MARKED);
              case FORMLESS_ALERT ->
                  "<div role='alert' style='padding:9px'><span> </span></div>"
                      + "<div role='alert'>We use cookies.<button type='button'>Agree</button></div>"
                      + fields(
                          "username webauthn",
                          "Show",
                          "Sign in",
                          "() => { alert.textContent = '×××'; alert.hidden = false; }");
              case FORMLESS_LATE ->
                  markup("username webauthn", "Show", "Sign in", "late-" + newId())
                      + "<script type='module'>addEventListener('load', () =>"
                      + " import('/late-import.js'));</script>";
              case FORMLESS_SPINNER ->
                  sending(
                      "go.addEventListener('click', () => {"
                          + " const sent = [{value: user.value}, {value: password.value}];"
                          + " document.querySelector('main').innerHTML = '<p>·</p>"
                          + "<a href=\"/help\">·</a>';"
                          + " setTimeout(() => post(...sent), 2500); });");
              case POINTER_DOWN ->
                  sending(
                      "go.addEventListener('pointerdown', () => { post(user, password);"
                          + " go.disabled = true; setTimeout(() => go.disabled = false, 200); });");
              case KEY_DOWN ->
                  sending(
                      "const key = document.createElement('div'); key.textContent = 'Sign in';"
                          + " key.setAttribute('role', 'button'); key.tabIndex = 0;"
                          + " go.replaceWith(key);"
                          + " key.addEventListener('keydown', e => { if (e.key === 'Enter')"
                          + " post(user, password); });"
                          + " document.body.insertAdjacentHTML('beforeend',"
                          + " '<div style=\"position:fixed;inset:0;background:#0006\">·</div>');");
              case STOPPED ->
                  sending(
                      "for (const type of ['pointerdown', 'mousedown', 'click'])"
                          + " addEventListener(type, e => { e.stopImmediatePropagation();"
                          + " if (type === 'click' && e.target === go) post(user, password); },"
                          + " true);");
              case UNNAMED ->
                  fields("off", "Show", "Sign in", "u => u.setAttribute('aria-invalid', 'true')");
              default -> fields("username webauthn", "Show", "Sign in", MARKED);
            });
  }

  /** What the import of {@link LoginShape#FORMLESS_LATE} does. */
  static String lateImport() {
    return """
    const at = i => document.querySelector('[id^=":late-"][id$="' + i + ':"]');
    at(5).addEventListener('click', () => send(at(1), at(2), marked(at(4))));
    """;
  }

  // Whoever typed into one of these, or pressed its button, would never come to an end.
  private static String copies() {
    StringBuilder copies = new StringBuilder();
    for (String hidden :
        List.of(
            "style='display:none'",
            "style='position:absolute;left:-9000px'",
            "style='position:absolute;left:9000px'",
            "style='position:absolute;top:-9000px'",
            "style='position:fixed;top:150vh'",
            "style='position:absolute;width:300px;clip:rect(0,0,0,0)'",
            "style='clip-path:inset(100%)'",
            "style='opacity:0'",
            "style='visibility:hidden'",
            "style='transform:scale(0)'",
            "style='width:0;height:0;overflow:hidden'",
            "style='position:relative;height:3em;overflow:hidden'><div"
                + " style='position:absolute;top:4em'",
            "aria-hidden='true' style='position:absolute;z-index:-1'",
            "inert style='position:absolute;z-index:-1'")) {
      copies
          .append("<div ")
          .append(hidden)
          .append('>')
          .append(markup("username webauthn", "Show", "Sign in", newId()))
          .append(hidden.contains("<div") ? "</div></div>" : "</div>");
    }
    return copies.toString();
  }

  // Goes on a while after it was answered: a press that is repeated would be sent too.
  private static String sending(String how) {
    String id = newId();
    return markup("username webauthn", "Show", "Sign in", id)
        + """
        <script>{
          const at = i => document.getElementById(':%1$s' + i + ':');
          const [user, password, go] = [1, 2, 5].map(at);
          const post = async (u, p) => {
            const answer = await fetch('/checkpoint/lg/login-submit?fetch', {method: 'POST',
              body: new URLSearchParams({session_key: u.value, session_password: p.value})});
            setTimeout(() => location = answer.url, 2500);
          };
          %2$s
        }</script>
        """
            .formatted(id, how);
  }

  private static String fields(String completes, String show, String button, String refused) {
    String id = newId();
    return markup(completes, show, button, id)
        + """
        <script>{
          const at = i => document.getElementById(':%1$s' + i + ':');
          const [user, password, eye, alert, go] = [1, 2, 3, 4, 5].map(at);
          eye.onclick = () => password.type = password.type === 'text' ? 'password' : 'text';
          go.onclick = () => send(user, password, %2$s);
          addEventListener('input', () => { for (const e of [user, password, eye, go])
            e.id = ':' + Math.random().toString(36).slice(2) + ':'; });
        }</script>
        """
            .formatted(id, refused);
  }

  private static String markup(String completes, String show, String button, String id) {
    return """
    <main><div><label>·<input autocomplete="%1$s" id=":%4$s1:"></label></div>
    <div><label>·<input type="password" autocomplete="current-password" id=":%4$s2:"></label>
    <button type="button" id=":%4$s3:">%2$s</button></div>
    <p role="alert" id=":%4$s4:" hidden></p>
    <div><button type="button" id=":%4$s5:">%3$s</button></div></main>
    """
        .formatted(completes, show, button, id);
  }

  /** As those of a page that is built anew each time: never twice the same. */
  private static String newId() {
    return "r" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36) + "-";
  }
}
