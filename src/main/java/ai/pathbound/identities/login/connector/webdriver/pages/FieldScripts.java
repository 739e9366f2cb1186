package ai.pathbound.identities.login.connector.webdriver.pages;

/**
 * The scripts that find what is typed into and pressed in one of LinkedIn's pages. They only read.
 */
final class FieldScripts {
  // Of a form its own action, which an input called "action" would hide. Without a form, a button
  // belongs to the fields if it follows them in the nearest element that holds both. Of several:
  // the one that says so, then the one that sends the form, then one that the pages file names, and
  // in a language that the pages file lacks, the first below the fields. What stands in a field's
  // own box or opens something is that field's (as "Show" beside a password).
  private static final String BELONGING =
      PageScripts.VISIBLE
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

  private FieldScripts() {}
}
