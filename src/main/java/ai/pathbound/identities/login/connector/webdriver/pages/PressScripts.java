package ai.pathbound.identities.login.connector.webdriver.pages;

/**
 * The scripts around the one press that sends a form, of which {@link #ARM} is the only one that
 * does more than read: it sees to it that a form with a secret is not sent in an address.
 */
final class PressScripts {
  /**
   * Which of the fields hold what was typed, and watches the press to come: argument 1 a list of
   * fields, 2 their texts, 3 the button or null, 4 whether there is a secret among them. Then a
   * form that the browser itself would send with GET is held back, and what is in its fields is
   * taken out of an address that a script makes of it.
   */
  static final String ARM =
      """
      const [fields, texts, button, secret] = arguments;
      const key = Symbol.for('ai.pathbound.press');
      const loose = t => t.trim().toLowerCase();
      const holds = fields.map((f, i) => f.isConnected && (f.value === texts[i]
        || f.type !== 'password' && loose(f.value) === loose(texts[i])));
      const watch = document[key] || (document[key] = {});
      watch.pressed = watch.blocked = false;
      watch.fields = fields;
      watch.button = button;
      watch.secret = secret;
      if (!watch.armed) {
        watch.armed = true;
        const gets = (form, by) => ((by && by.getAttribute('formmethod'))
          || form.getAttribute('method') || 'get').toLowerCase() !== 'post';
        const ours = form => form instanceof HTMLFormElement
          && watch.fields.some(f => f.form === form);
        const press = e => {
          const path = e.composedPath();
          if (e.type === 'submit' ? ours(e.target)
              : e.type === 'click' && watch.button && path.includes(watch.button)
                || e.key === 'Enter' && watch.fields.some(f => path.includes(f)))
            watch.pressed = true;
        };
        addEventListener('keydown', press, true);
        addEventListener('click', press, true);
        addEventListener('submit', press, true);
        watch.hold = e => {
          if (watch.secret && !e.defaultPrevented && ours(e.target) && gets(e.target, e.submitter)) {
            e.preventDefault();
            watch.blocked = true;
          }
        };
        addEventListener('formdata', e => {
          if (!watch.secret || !ours(e.target) || !gets(e.target)) return;
          for (const f of watch.fields) if (f.name) e.formData.delete(f.name);
          watch.blocked = true;
        });
      }
      // Always the last one: what the page itself does with the form, it has done by then.
      removeEventListener('submit', watch.hold);
      addEventListener('submit', watch.hold);
      return {holds};
      """;

  /** What became of the press: nothing in a document that came after it. */
  static final String PRESSED =
      """
      const watch = document[Symbol.for('ai.pathbound.press')];
      return {known: !!watch, pressed: !!watch && watch.pressed, blocked: !!watch && watch.blocked};
      """;

  private PressScripts() {}
}
