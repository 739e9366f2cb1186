package ai.pathbound.identities.login.connector.webdriver.pages;

/**
 * The scripts that find what is typed into and pressed in one of LinkedIn's pages. They only read.
 */
final class FieldScripts {
  // Of a form its own action, which an input called "action" would hide. Without a form, a button
  // belongs to the fields if it follows them in the nearest element that holds both. Of several:
  // the one that says so, then the one that sends the form, then one that the pages file names, and
  // in a language that the pages file lacks, the first below the fields, one on a ground of its own
  // before what looks like a link. What stands in a field's own box or opens something is that
  // field's (as "Show" beside a password); what the pages file calls another way is none of them.
  // What a page takes from who listens to it, or makes inert, is used only where there is no other.
  private static final String BELONGING =
      PageScripts.VISIBLE
          + """
            const [origin, list, words, others] = arguments;
            const wanted = Object.fromEntries(list);
            const here = link => new URL(link || '', document.baseURI).origin === origin;
            const safe = e => (!e.form || here(e.form.getAttribute('action')))
              && (!e.hasAttribute('formaction') || here(e.getAttribute('formaction')));
            const behind = e => e.closest('[inert], [aria-hidden="true"]') !== null;
            const open = found => {
              const before = found.filter(e => !behind(e));
              return before.length ? before : found;
            };
            const hits = name => open([...new Set((wanted[name] || []).flatMap(all))]);
            const formOf = e => e.form || e.closest('form');
            const follows = (b, a) =>
              (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
            const buttonOf = (first, last, selectors) => {
              const form = formOf(last);
              const pool = all('button, input[type="submit"], input[type="button"], '
                + 'input[type="image"], [role="button"]')
                .filter(b => formOf(b) === form && follows(b, last) && b !== last
                  && behind(b) === behind(last) && !others.some(s => b.matches(s)));
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
              const submits = b => form && /^(submit|image)$/.test(b.type);
              const sends = nearest(b => submits(b)
                && !b.hasAttribute('formnovalidate') && !b.hasAttribute('formaction'))
                || nearest(submits);
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
              const painted = b => {
                const {backgroundColor: ground, backgroundImage: image} = getComputedStyle(b);
                return image !== 'none' || !/^rgba\\(.*, 0\\)$|^transparent$/.test(ground);
              };
              const candidates = pool.filter(b => !opens(b) && !own(b));
              const under = candidates.filter(b => !beside(b));
              const part = partOf(last) || scopes.find(s => under.some(b => s.contains(b)));
              const near = under.filter(b => part.contains(b));
              const meant = b => !near.includes(b) || painted(b) || !near.some(painted);
              let spare;
              for (const s of scopes) {
                const rest = candidates.filter(b => s.contains(b));
                const below = rest.filter(b => !beside(b) && meant(b));
                if (below.length) return below.find(b => !b.disabled) || below[0];
                if (rest.length > 1 && first !== last) return rest[1];
                spare = spare || rest[0];
              }
              return spare;
            };
            """;

  /**
   * Finds elements, the first of which says which form: argument 1 the origin, 2 pairs of an
   * element and its selectors, 3 the words of a button, 4 selectors of what is another way.
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
            const part = field && partOf(field);
            const boxes = !field || field.maxLength !== 1 ? [] : all('input').filter(e =>
              e.maxLength === 1 && formOf(e) === formOf(field) && (!part || part.contains(e)));
            return {safe: true, boxes: boxes.length > 1 ? boxes : [], ...found};
            """;

  /**
   * Finds the fields of a login that belong together, with the same arguments, and 5 what shows an
   * account. {@code strange} says that there is a field beside the password that is neither of the
   * two; {@code account} that what belongs to the password names an account, {@code addresses}
   * which it names in full; {@code posts} that the browser itself can send them; {@code complete}
   * that the document is there, {@code scripts} that what it asked for is; {@code idle} for how
   * many milliseconds nothing came that may bring a script.
   */
  static final String LOGIN =
      BELONGING
          + """
            if (location.origin !== origin) return {safe: false};
            const shows = arguments[4];
            const fixed = e => e.readOnly || e.disabled;
            const texts = all('input:not([type]), input[type="text"], input[type="email"], '
              + 'input[type="tel"]');
            const lines = open(texts)
              .filter(e => !fixed(e) && !e.closest('[role="search"], header, nav')
                && !/search|combobox/.test(e.getAttribute('role') || '')
                && !/one-time-code|new-password/.test(e.autocomplete));
            const before = (list, p) => list
              .filter(u => u !== p && formOf(u) === formOf(p) && follows(p, u))
              .sort((a, b) => follows(b, a) ? -1 : 1).pop();
            // A line that nothing names: the only one before the password in what holds both nearest.
            const alone = p => {
              for (let s = p.parentElement; s; s = s.parentElement) {
                const near = lines.filter(u => u !== p && s.contains(u)
                  && formOf(u) === formOf(p) && follows(p, u));
                if (near.length > 0) return near.length === 1 ? near[0] : undefined;
                if (s === partOf(p)) return undefined;
              }
            };
            const passwords = hits('PASSWORD_FIELD');
            const names = hits('USERNAME_FIELD')
              .filter(e => !passwords.includes(e) && !fixed(e));
            const pairs = passwords.map(p => [before(names, p) || alone(p), p]);
            let [username, password] = pairs.find(([u]) => u) || pairs[0] || [names[0]];
            const last = password || username;
            const found = {};
            if (username) found.USERNAME_FIELD = username;
            if (password) found.PASSWORD_FIELD = password;
            const button = last && buttonOf(username || last, last, wanted.SIGN_IN_BUTTON);
            if (button) found.SIGN_IN_BUTTON = button;
            const resources = performance.getEntriesByType('resource');
            const loaded = new Set(resources.map(r => r.name));
            const load = performance.getEntriesByType('navigation')[0];
            const news = resources
              .filter(r => !/^(img|image|css|beacon|ping|video|audio|track)$/.test(r.initiatorType))
              .map(r => r.responseEnd).concat(load ? load.loadEventEnd : 0);
            const form = last && formOf(last);
            const method = form && (button && button.getAttribute('formmethod')
              || form.getAttribute('method') || 'get').toLowerCase();
            const card = password && cardOf(password, button);
            const belongs = e => e.localName === 'form' ? e === form
              : card.contains(e) && (!formOf(e) || formOf(e) === form)
                && !e.closest('header, footer, nav, aside, a');
            const brought = !password ? [] : (wanted.USERNAME_FIELD || [])
              .flatMap(s => [...document.querySelectorAll(s)])
              .concat(texts.filter(fixed))
              .filter(e => (e.type === 'hidden' || fixed(e)) && belongs(e))
              .map(e => plain(e.value)).filter(v => v !== '');
            // An address that stands for itself, which one in a sentence or a foot line does not.
            const named = !password ? [] : [...card.querySelectorAll('*')]
              .filter(e => !e.firstElementChild && /^[^\\s@]+@[^\\s@]+$/.test(plain(e.textContent))
                && belongs(e) && visible(e))
              .map(e => plain(e.textContent));
            const oneOf = (of, found) => of.length === 0 || of.some(found);
            const shown = () => shows.some(v => oneOf(v.paths, p => location.pathname.startsWith(p))
              && oneOf(v.selectors, s => all(s).some(belongs))
              && oneOf(v.texts, t => plain(card.innerText).includes(plain(t))));
            return {
              safe: [username, password, button].every(e => !e || safe(e)),
              strange: [...lines, ...all('textarea, [contenteditable="true"], [role="textbox"]')]
                .some(e => e !== username && e !== password && password
                  && formOf(e) === formOf(password)),
              account: !!password && (brought.length > 0 || named.length > 0 || shown()),
              addresses: brought.concat(named).filter(a => /^[^\\s@*•…]+@[^\\s@*•…]+$/.test(a)),
              posts: method === 'post',
              complete: document.readyState === 'complete',
              idle: Math.max(0, Math.floor(performance.now() - Math.max(...news))),
              scripts: [...document.scripts].every(s => !s.src || s.noModule || loaded.has(s.src)),
              ...found
            };
            """;

  private FieldScripts() {}
}
