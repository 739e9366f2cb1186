package ai.pathbound.identities.login.connector.webdriver.pages;

/**
 * The scripts that run in LinkedIn's pages. All but {@link #ARM} only read: that one sees to it
 * that a form with a password is not sent in an address.
 */
final class PageScripts {
  // A copy may be hidden by its style, by its place outside the page, or by what it stands in.
  private static final String VISIBLE =
      """
      const clips = e => {
        const style = getComputedStyle(e);
        return style.overflow !== 'visible' && (e.offsetWidth < 2 || e.offsetHeight < 2);
      };
      const visible = e => {
        if (!e.checkVisibility({visibilityProperty: true, opacityProperty: true})) return false;
        const box = e.getBoundingClientRect();
        if (box.width < 1 || box.height < 1) return false;
        if (Math.max(box.right, box.right + scrollX) <= 0) return false;
        if (box.bottom + scrollY <= 0) return false;
        for (let p = e.parentElement; p && p !== document.body; p = p.parentElement)
          if (clips(p)) return false;
        return true;
      };
      const all = s => [...document.querySelectorAll(s)].filter(visible);
      const plain = t => (t || '').toLowerCase().replace(/\\s+/g, ' ')
        .replace(/[\\u2018\\u2019]/g, "'").trim();
      """;

  /** What the page shows: argument 1 the markers, as {@link LinkedInPages#markers()} says them. */
  static final String LOOK =
      VISIBLE
          + """
            const [markers] = arguments;
            const text = document.body ? plain(document.body.innerText) : '';
            const some = (list, found) => list.length === 0 || list.some(found);
            const holds = v => some(v.paths, p => location.pathname.startsWith(p))
              && some(v.selectors, s => all(s).length > 0)
              && some(v.texts, t => text.includes(plain(t)));
            // Tells one text from another, and not what it says; a clock that counts is no change.
            let hash = 0;
            for (const c of text.replace(/[0-9]+/g, '#')) hash = hash * 31 + c.codePointAt(0) | 0;
            const load = performance.getEntriesByType('navigation')[0];
            return {
              origin: location.origin, protocol: location.protocol, path: location.pathname,
              document: performance.timeOrigin, ready: document.readyState, text: hash,
              status: load && load.responseStatus || 0,
              round: location.href.startsWith('about:neterror?e=redirectLoop')
                || location.protocol === 'chrome-error:' && text.includes('err_too_many_redirects'),
              filled: all('input:not([type="submit"], [type="button"])').some(e => e.value !== ''),
              acts: all('a[href], button, input, select, textarea, iframe, [role="button"]').length > 0,
              markers: Object.keys(markers).filter(name => markers[name].some(holds))
            };
            """;

  // Of a form its own action, which an input called "action" would hide. Without a form, a button
  // belongs to the fields if it follows them in the nearest element that holds both. Of several:
  // the one that says so, then the one that sends the form, then one that the pages file names, and
  // in a language that nobody wrote down the first below the fields. What stands in a field's own
  // box or opens something is that field's (as "Show" beside a password).
  private static final String BELONGING =
      VISIBLE
          + """
            const [origin, list, words] = arguments;
            const wanted = Object.fromEntries(list);
            const here = link => new URL(link || '', document.baseURI).origin === origin;
            const safe = e => (!e.form || here(e.form.getAttribute('action')))
              && (!e.hasAttribute('formaction') || here(e.getAttribute('formaction')));
            const hits = name => [...new Set((wanted[name] || []).flatMap(all))];
            const formOf = e => e.form || e.closest('form');
            const follows = (b, a) =>
              (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
            const buttonOf = (first, last, selectors) => {
              const form = formOf(last);
              const pool = all('button, input[type="submit"], input[type="button"], '
                + 'input[type="image"], [role="button"]')
                .filter(b => formOf(b) === form && follows(b, last) && b !== last);
              const scopes = [];
              for (let s = last; s; s = s.parentElement) if (s.contains(first)) scopes.push(s);
              const nearest = test => {
                for (const s of scopes) {
                  const hit = pool.find(b => s.contains(b) && test(b));
                  if (hit) return hit;
                }
              };
              const says = b => [b.innerText, b.value, b.getAttribute('aria-label')].map(plain);
              const named = nearest(b => says(b).some(t => words.includes(t)));
              if (named) return named;
              const sends = form && nearest(b => b.type === 'submit' || b.type === 'image');
              if (sends) return sends;
              const known = nearest(b => (selectors || []).some(s => b.matches(s)));
              if (known) return known;
              const opens = b => ['aria-pressed', 'aria-controls', 'aria-expanded', 'aria-haspopup',
                'aria-checked'].some(a => b.hasAttribute(a));
              const own = b => {
                if (first === last) return false;
                let s = last;
                while (!s.contains(b)) s = s.parentElement;
                return !s.contains(first);
              };
              const field = last.getBoundingClientRect();
              const beside = b => {
                const box = b.getBoundingClientRect();
                return box.top < field.bottom && box.bottom > field.top;
              };
              let spare;
              for (const s of scopes) {
                const rest = pool.filter(b => s.contains(b) && !opens(b) && !own(b));
                const below = rest.find(b => !beside(b));
                if (below) return below;
                if (rest.length > 1 && first !== last) return rest[1];
                spare = spare || rest[0];
              }
              return spare;
            };
            """;

  /**
   * Finds elements, the first of which says which form: argument 1 the origin, 2 pairs of an
   * element and its selectors, 3 the words of a button.
   */
  static final String FIND =
      BELONGING
          + """
            if (location.origin !== origin) return {safe: false};
            const found = {};
            let form;
            let field;
            for (const [name] of list) {
              const there = hits(name);
              const hit = name.endsWith('_BUTTON') && field
                ? buttonOf(field, field, wanted[name])
                : there.find(e => form && formOf(e) === form) || there[0];
              if (!hit) continue;
              found[name] = hit;
              field = field || hit;
              form = form || formOf(hit);
              if (!safe(hit)) return {safe: false};
            }
            return {safe: true, ...found};
            """;

  /**
   * Finds the fields of a login that belong together, with the same arguments. {@code strange} says
   * that there is a field beside the password that is neither of the two; {@code account} that the
   * page names the account; {@code complete} that the document is there, {@code scripts} that what
   * it asked for is.
   */
  static final String LOGIN =
      BELONGING
          + """
            if (location.origin !== origin) return {safe: false};
            const lines = all('input:not([type]), input[type="text"], input[type="email"], '
                + 'input[type="tel"]')
              .filter(e => !e.readOnly && !e.closest('[role="search"], header, nav')
                && !/search|combobox/.test(e.getAttribute('role') || '')
                && !/one-time-code|new-password/.test(e.autocomplete));
            const before = (list, p) => list
              .filter(u => u !== p && formOf(u) === formOf(p) && follows(p, u))
              .sort((a, b) => follows(b, a) ? -1 : 1).pop();
            const passwords = hits('PASSWORD_FIELD');
            const names = hits('USERNAME_FIELD').filter(e => !passwords.includes(e));
            const pairs = passwords.map(p => [before(names, p) || before(lines, p), p]);
            let [username, password] = pairs.find(([u]) => u) || pairs[0] || [names[0]];
            const last = password || username;
            const found = {};
            if (username) found.USERNAME_FIELD = username;
            if (password) found.PASSWORD_FIELD = password;
            const button = last && buttonOf(username || last, last, wanted.SIGN_IN_BUTTON);
            if (button) found.SIGN_IN_BUTTON = button;
            const loaded = new Set(performance.getEntriesByType('resource').map(r => r.name));
            const shown = document.body ? document.body.innerText : '';
            return {
              safe: [username, password, button].every(e => !e || safe(e)),
              strange: [...lines, ...all('textarea, [contenteditable="true"], [role="textbox"]')]
                .some(e => e !== username && e !== password && password
                  && formOf(e) === formOf(password)),
              account: /[^\\s@]+@[^\\s@]+/.test(shown),
              complete: document.readyState === 'complete',
              scripts: [...document.scripts].every(s => !s.src || s.noModule || loaded.has(s.src)),
              ...found
            };
            """;

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

  /**
   * An unknown page without what it says: its title and the tree of what can be used in it. Digits
   * are masked, and whatever may be a token in an id or a path.
   */
  static final String OUTLINE =
      VISIBLE
          + """
            const masked = (t, length) => t.replace(/\\S*@\\S*/g, '@')
              .replace(/[A-Za-z0-9_-]{25,}/g, '*').replace(/[0-9]+/g, '#').slice(0, length);
            const used = 'a[href], button, input:not([type="hidden"]), select, textarea, iframe, '
              + '[contenteditable="true"], [role]';
            const holder = 'form, main, header, footer, nav, dialog, section';
            const lines = [];
            const walk = (e, depth) => {
              let below = depth;
              const shown = visible(e);
              if (shown && e.matches(used + ', ' + holder)) {
                const told = ['role', 'type', 'autocomplete', 'name', 'id']
                  .filter(a => e.getAttribute(a))
                  .map(a => ' ' + a + '=' + masked(e.getAttribute(a), 60)).join('');
                lines.push('  '.repeat(Math.min(depth, 12)) + e.localName + told);
                below = depth + 1;
              }
              for (const child of e.children) walk(child, below);
            };
            if (document.body) walk(document.body, 0);
            return {
              path: location.pathname.split('/').map(s => masked(s, 40)).join('/').slice(0, 200),
              title: masked(document.title, 80), tree: lines.join('\\n')
            };
            """;

  private PageScripts() {}
}
