package ai.pathbound.identities.login.connector.webdriver.pages;

/** The scripts that say what one of LinkedIn's pages shows. They only read. */
final class PageScripts {
  /**
   * What the scripts share: what is visible. A copy may be hidden by its style, by its place
   * outside the page, or by what it stands in.
   */
  static final String VISIBLE =
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
