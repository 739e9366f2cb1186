package ai.pathbound.identities.login.connector.webdriver.pages;

/**
 * The scripts around the one press that sends a form, of which {@link #ARM} is the only one that
 * does more than read: it sees to it that a secret is not sent in an address.
 */
final class PressScripts {
  /**
   * Which of the fields hold what was typed, and watches the press to come: argument 1 a list of
   * fields, 2 their texts, 3 the button or null, 4 the secret among them or null, 5 after how many
   * milliseconds a press that was held back may be tried once more.
   *
   * <p>Then a form that the browser itself would send with GET is held back, and so is every other
   * way to an address with the secret in it (WHATWG HTML, the event {@code navigate}; a script may
   * submit a form without the event {@code submit}). What a script does with the form's data is its
   * own affair. {@code may} says whether there is anything to press for: not where only a script
   * could send the secret and there is none, nor again after a press that was held back, before
   * something came that could have brought one. {@code ready} says whether the button can be
   * pressed, {@code sent} whether the page has sent the fields by itself since they were armed
   * before, as some do at the last digit of a code: it handled a form, takes no more typing, or was
   * answered and has emptied them.
   */
  static final String ARM =
      """
      const [fields, texts, button, secret, patience] = arguments;
      const key = Symbol.for('ai.pathbound.press');
      const loose = t => t.trim().toLowerCase();
      const holds = fields.map((f, i) => f.isConnected && (f.value === texts[i]
        || f.type !== 'password' && loose(f.value) === loose(texts[i])));
      const off = b => b.matches(':disabled') || b.getAttribute('aria-disabled') === 'true';
      const answers = performance.getEntriesByType('resource')
        .filter(r => /^(fetch|xmlhttprequest)$/.test(r.initiatorType)).length;
      const watch = document[key] || (document[key] = {held: 0, answers});
      const whole = !holds.includes(false);
      const sent = !!watch.submitted || (whole ? fields.some(f => f.disabled || f.readOnly)
        : answers > watch.answers && fields.every(f => f.value === ''));
      watch.answers = answers;
      watch.pressed = watch.blocked = watch.refused = watch.submitted = false;
      watch.fields = fields;
      watch.button = button;
      watch.secret = secret;
      const scripts = () => [...document.scripts]
          .filter(s => !s.type || /javascript|ecmascript|^module$/i.test(s.type)).length
        + performance.getEntriesByType('resource')
          .filter(r => /^(script|other)$/.test(r.initiatorType)).length;
      const gets = (form, by) => ((by && by.getAttribute('formmethod'))
        || form.getAttribute('method') || 'get').toLowerCase() !== 'post';
      if (!watch.armed) {
        watch.armed = true;
        const ours = form => form instanceof HTMLFormElement
          && watch.fields.some(f => f.form === form);
        const held = () => {
          watch.blocked = true;
          watch.held++;
          watch.heldAt = performance.now();
          watch.scripts = scripts();
          watch.last = watch.fields[0];
        };
        const press = e => {
          const path = e.composedPath();
          if (e.type === 'submit') {
            watch.submit = e;
            if (ours(e.target)) watch.pressed = watch.submitted = true;
            return;
          }
          // Some buttons send at the first of these, and are disabled before the last.
          const on = watch.button && path.includes(watch.button) && !off(watch.button);
          if (e.type === 'keydown'
              ? e.key === 'Enter' && (on || watch.fields.some(f => path.includes(f))) : on)
            watch.pressed = true;
        };
        for (const type of ['pointerdown', 'mousedown', 'click', 'keydown', 'submit'])
          addEventListener(type, press, true);
        addEventListener('invalid', e => {
          if (watch.fields.includes(e.target) || ours(e.target.form)) watch.refused = true;
        }, true);
        watch.hold = e => {
          if (watch.secret && !e.defaultPrevented && ours(e.target) && gets(e.target, e.submitter)) {
            e.preventDefault();
            held();
          }
        };
        if (window.navigation) navigation.addEventListener('navigate', e => {
          const to = new URL(e.destination.url);
          const said = [...to.searchParams.values(),
            ...new URLSearchParams(to.hash.slice(1)).values()];
          // What was typed, also where the page has emptied the field since.
          if (watch.secret && e.cancelable && said.some(s => s.trim() === watch.secret.trim())) {
            e.preventDefault();
            held();
          }
        });
        // An older browser: only while a page handles a form's event is it surely the page's own.
        else addEventListener('formdata', e => {
          if (!watch.secret || !ours(e.target) || !gets(e.target)
            || watch.submit && watch.submit.eventPhase !== Event.NONE) return;
          for (const f of watch.fields) if (f.name) e.formData.delete(f.name);
          held();
        });
      }
      // Always the last one: what the page itself does with the form, it has done by then.
      removeEventListener('submit', watch.hold);
      addEventListener('submit', watch.hold);
      const form = fields.map(f => f.form).find(f => f);
      const handled = e => e && ([...e.attributes].some(a => a.name.startsWith('on'))
        || handled(e.parentElement));
      const alone = secret && (!form || gets(form, button))
        && scripts() === 0 && !handled(button) && !handled(fields[0]);
      const again = watch.held === 0 || watch.scripts !== scripts() || watch.last !== fields[0]
        || watch.held === 1 && performance.now() - watch.heldAt >= patience;
      return {holds, may: !alone && again, ready: !button || !off(button), sent};
      """;

  /** What became of the press: nothing in a document that came after it. */
  static final String PRESSED =
      """
      const watch = document[Symbol.for('ai.pathbound.press')];
      return {known: !!watch, pressed: !!watch && watch.pressed, blocked: !!watch && watch.blocked,
        refused: !!watch && watch.refused && !watch.submitted};
      """;

  private PressScripts() {}
}
