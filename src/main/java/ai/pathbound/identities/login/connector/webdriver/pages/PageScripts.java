package ai.pathbound.identities.login.connector.webdriver.pages;

/** The scripts that say what one of LinkedIn's pages shows. They only read. */
final class PageScripts {
  /**
   * What the scripts share: what is visible, and what belongs together. A copy may be hidden by its
   * style, by a clip, by its place outside the page or the window, or by what it stands in. What
   * lies a little to the right is no copy: a page may be wider than the window.
   */
  static final String VISIBLE =
      """
      const still = [document.documentElement, document.body]
        .some(e => e && /hidden|clip/.test(getComputedStyle(e).overflowX));
      const clippedAway = style => {
        const rect = /^rect\\((.*)\\)$/.exec(style.clip);
        if (rect && /absolute|fixed/.test(style.position)) {
          const [top, right, bottom, left] = rect[1].split(/[\\s,]+/).map(parseFloat);
          if (right - left < 2 || bottom - top < 2) return true;
        }
        return /^(inset\\(([5-9]\\d|100)(\\.\\d+)?%\\)|circle\\(0)/.test(style.clipPath);
      };
      const apart = (a, b) => a.right <= b.left || a.left >= b.right
        || a.bottom <= b.top || a.top >= b.bottom;
      const visible = e => {
        if (!e.checkVisibility({visibilityProperty: true, opacityProperty: true})) return false;
        const box = e.getBoundingClientRect();
        if (box.width < 2 || box.height < 2) return false;
        let placed;
        for (let p = e; p && p !== document.body; p = p.parentElement) {
          const style = getComputedStyle(p);
          if (clippedAway(style)) return false;
          // What is placed absolutely is not held by what it only stands in.
          const holds = style.position !== 'static' || style.transform !== 'none';
          if (p !== e && placed !== 'fixed' && (placed !== 'absolute' || holds)) {
            if (style.overflow !== 'visible' && (p.offsetWidth < 2 || p.offsetHeight < 2
                || /hidden|clip/.test(style.overflow) && apart(box, p.getBoundingClientRect())))
              return false;
            placed = style.position;
          }
          placed = placed || style.position;
        }
        if (placed === 'fixed')
          return !apart(box, {left: 0, top: 0, right: innerWidth, bottom: innerHeight});
        const left = Math.max(box.left, box.left + scrollX);
        return Math.max(box.right, box.right + scrollX) > 0 && box.bottom + scrollY > 0
          && left < (still ? innerWidth : 2 * innerWidth);
      };
      const all = s => [...document.querySelectorAll(s)].filter(visible);
      const some = s => [...document.querySelectorAll(s)].some(visible);
      const plain = t => (t || '').toLowerCase().replace(/\\s+/g, ' ')
        .replace(/[\\u2018\\u2019]/g, "'").trim();
      // What belongs to a field: the part of the page that it stands in; where a page has no
      // parts, its form, or what holds it and its button.
      const parts = 'main, [role="main"], dialog, [role="dialog"], section, article';
      const partOf = e => (e.form || e).closest(parts) || e.form || e.closest('form');
      const cardOf = (e, button) => {
        let card = partOf(e);
        if (card) return card;
        for (card = e.parentElement; button && !card.contains(button);) card = card.parentElement;
        return card;
      };
      """;

  /**
   * What the page shows: argument 1 the markers, as {@link LinkedInPages#markers()} says them, 2
   * selectors of a field for a code, 3 the names of the markers that another way may lead to.
   */
  static final String LOOK =
      VISIBLE
          + """
            const [markers, codes, challenges] = arguments;
            const text = document.body ? plain(document.body.innerText) : '';
            const oneOf = (list, found) => list.length === 0 || list.some(found);
            // What a challenge is, the names of its other ways do not say: words that stand nowhere
            // else. Asked for seldom, since what is visible takes its time on a long page.
            const count = (words, t) => words.split(t).length - 1;
            const pressed = 'a, button, [role="button"], [role="link"], [role="radio"], label';
            const names = e => e.matches(pressed)
              && (e.localName !== 'label' || e.control && e.control.type === 'radio')
              && plain(e.innerText).length <= 100;
            const within = e => {
              for (let p = e.parentElement; p; p = p.parentElement) if (names(p)) return true;
              return false;
            };
            let named;
            const apartFromNames = t => {
              named = named || all(pressed).filter(e => names(e) && !within(e))
                .map(e => plain(e.innerText));
              return count(text, t) > named.reduce((sum, name) => sum + count(name, t), 0);
            };
            // A region for news that has none is not there.
            const says = e => !e.matches('[role="alert"], [role="status"], [aria-live]')
              || plain(e.innerText) !== '';
            const holds = (v, asks) => oneOf(v.paths, p => location.pathname.startsWith(p))
              && oneOf(v.selectors, s => all(s).some(says))
              && oneOf(v.texts, t => text.includes(plain(t)) && (!asks || apartFromNames(plain(t))));
            const held = Object.keys(markers).map(name =>
              [name, markers[name].filter(v => holds(v, challenges.includes(name)))])
              .filter(([name, variants]) => variants.length > 0);
            // Tells one text from another, and not what it says; a clock that counts is no change.
            const told = words => {
              let hash = 0;
              for (const c of words.replace(/[0-9]+/g, '#')) hash = hash * 31 + c.codePointAt(0) | 0;
              return hash;
            };
            // What is told beside a login or a code. What has a button is a banner.
            const asked = (markers.LOGIN || []).flatMap(v => v.selectors).concat(codes).some(some);
            const alerts = !asked ? [] : all('[role="alert"]').filter(says)
              .filter(e => !e.querySelector('button, [role="button"], input'));
            const load = performance.getEntriesByType('navigation')[0];
            return {
              origin: location.origin, protocol: location.protocol, path: location.pathname,
              document: performance.timeOrigin, ready: document.readyState, text: told(text),
              status: load && load.responseStatus || 0,
              round: location.href.startsWith('about:neterror?e=redirectLoop')
                || location.protocol === 'chrome-error:' && text.includes('err_too_many_redirects'),
              filled: codes.flatMap(all).some(e => e.value !== ''),
              acts: some('a[href], button, input, select, textarea, iframe, [role="button"]'),
              markers: held.map(([name]) => name),
              structure: held.filter(([name, variants]) => variants.some(v => v.texts.length === 0))
                .map(([name]) => name),
              alerts: alerts.map(e => told(plain(e.innerText)))
            };
            """;

  /**
   * An unknown page without what it says: its title and the tree of what can be used in it. Digits
   * are masked, and whatever may be a token in an id or a path. Argument 1 says where one signs in:
   * a title elsewhere may name a member, as does what follows argument 2 in a path.
   */
  static final String OUTLINE =
      VISIBLE
          + """
            const [checkpoints, members] = arguments;
            const at = location.pathname;
            const signsIn = checkpoints.some(v => v.paths.some(p => at.startsWith(p)));
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
              path: at.startsWith(members) ? members + '*'
                : at.split('/').map(s => masked(s, 40)).join('/').slice(0, 200),
              title: signsIn ? masked(document.title, 80) : '', tree: lines.join('\\n')
            };
            """;

  private PageScripts() {}
}
