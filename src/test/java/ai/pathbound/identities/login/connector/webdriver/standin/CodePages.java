package ai.pathbound.identities.login.connector.webdriver.standin;

/** Pages that ask for a code in ways of their own: what they take, and when they send it. */
final class CodePages {
  private static final String ASKS = "<h1>Enter the code we sent to your email address</h1>";

  // Sends what is typed; a wrong code is told by what the page then does.
  private static final String CHECK =
      """
      <script>
      const check = async (code, wrong) => {
        const answer = await fetch('/checkpoint/challenge/verify?fetch',
          {method: 'POST', body: new URLSearchParams({pin: code})});
        if ((await answer.text()) !== 'wrong') location = answer.url; else wrong();
      };
      </script>
      """;

  private CodePages() {}

  static String page(String stage) {
    return StandInPages.page("Verify", CHECK + "<main>" + body(stage) + "</main>");
  }

  private static String body(String stage) {
    return switch (stage) {
      case "numberpin" -> ASKS + form("<input name='pin' type='number'>");
      case "sixdigits" ->
          ASKS + form("<input name='pin' maxlength='6' minlength='6' pattern='[0-9]{6}' required>");
      case "disableduntil" ->
          ASKS
              + """
              <input autocomplete="one-time-code" oninput="
                document.querySelector('button').disabled = this.value.length !== 6">
              <p><button type="button" disabled onclick="
                const pin = document.querySelector('input');
                check(pin.value, () => pin.value = '')">Verify</button></p>
              """;
      case "boxes" -> ASKS + boxes();
      case "selfsending" ->
          ASKS
              + """
              <input autocomplete="one-time-code" oninput="
                if (this.value.length === 6) check(this.value, () => this.value = '')">
              """;
      case "selfsubmits" ->
          ASKS
              + form(
                  "<input name='pin' oninput=\"if (this.value.length === 6)"
                      + " this.form.requestSubmit()\">");
      case "verifying" ->
          ASKS
              + """
              <input autocomplete="one-time-code"><p id="say"></p>
              <p><button type="button" onclick="
                const pin = document.querySelector('input'), say = document.getElementById('say');
                pin.removeAttribute('aria-invalid');
                say.textContent = 'Verifying…';
                setTimeout(() => check(pin.value, () => { say.textContent = '×××';
                  pin.setAttribute('aria-invalid', 'true'); }), 2500)">Verify</button></p>
              """;
      case "spinner" ->
          ASKS
              + """
              <input autocomplete="one-time-code">
              <p><button type="button" onclick="
                const code = document.querySelector('input').value;
                document.querySelector('main').innerHTML = '<p>·</p><a href=/help>·</a>';
                setTimeout(() => check(code, () => location.reload()), 2500)">Verify</button></p>
              """;
      case "emailwords" ->
          "<h1>Or have it in a text message</h1>"
              + form(
                  "<input id='input__email_verification_pin' name='pin'"
                      + " autocomplete='one-time-code'>");
      case "otherwords" ->
          ASKS
              + """
              <input autocomplete="one-time-code"><p id="say"></p>
              <p><button type="button" onclick="
                const pin = document.querySelector('input');
                check(pin.value, () => { pin.value = '';
                  document.getElementById('say').textContent = 'Wait for a text message instead'; })">
              Verify</button></p>
              """;
      default -> throw new IllegalArgumentException(stage);
    };
  }

  private static String form(String field) {
    return "<form method='post' action='/checkpoint/challenge/verify'>"
        + field
        + "<p><button type='submit'>Verify</button></p></form>";
  }

  private static String boxes() {
    return "<div id='boxes'>"
        + "<span><input maxlength='1' inputmode='numeric' autocomplete='one-time-code'></span>"
        + "<span><input maxlength='1' inputmode='numeric'></span>".repeat(5)
        + """
        </div><p><button type="button" onclick="
          const boxes = [...document.querySelectorAll('#boxes input')];
          check(boxes.map(b => b.value).join(''), () => boxes.forEach(b => b.value = ''))">Verify
        </button></p><script>
        document.getElementById('boxes').addEventListener('input', e => {
          const next = e.target.parentElement.nextElementSibling;
          if (e.target.value && next) next.firstElementChild.focus();
        });</script>
        """;
  }
}
