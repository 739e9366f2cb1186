package ai.pathbound.identities.login.connector.webdriver.pages;

/** The script that finds what a challenge's page offers beside its question. It only reads. */
final class WayScripts {
  /**
   * Finds the ways on: argument 1 the origin, 2 the markers of where one signs in, 3 and 4
   * selectors and words of what sends again, 5 and 6 of what leads to another way, 7 the words of
   * each kind of challenge, 8 the words before the end of a telephone number.
   *
   * <p>Only what stays where one signs in counts: a link to a help page may speak of any way. What
   * the pages file knows goes before words, but for the kind that a way leads to, which words alone
   * tell; what names two kinds tells none. {@code way_} and a kind is what leads to it, {@code
   * send_} and a kind the button that goes with it, where it is one of several to pick. {@code
   * said} are lines that may name an address or a number.
   */
  static final String FIND =
      PageScripts.VISIBLE
          + """
            const [origin, places, resendBy, resendSays, otherBy, otherSays, kinds, ends] = arguments;
            if (location.origin !== origin) return {};
            const at = path => places.some(v => v.paths.some(p => path.startsWith(p)));
            const here = link => link.origin === origin && at(link.pathname);
            const staysOn = address => {
              try {
                return new URL(address, document.baseURI).origin === origin;
              } catch (malformed) {
                return false;
              }
            };
            const stays = e => {
              const link = e.closest('a[href]');
              const href = link && link.getAttribute('href').trim();
              const form = e.form || e.closest('form');
              const action = e.getAttribute('formaction') || form && form.getAttribute('action');
              return (!href || /^(#|javascript:)/i.test(href) || here(link))
                && (!action || staysOn(action))
                && !e.closest('header, footer, nav');
            };
            const said = e => plain([e.innerText, /^(submit|button)$/.test(e.type || '') && e.value,
              e.getAttribute('aria-label')].filter(Boolean).join(' '));
            const short = e => said(e) !== '' && said(e).length <= 100;
            const radio = e => e.localName === 'label'
              && (e.control && e.control.type === 'radio' ? e.control : null);
            const pool = all('a, button, [role="button"], [role="link"], [role="radio"], '
              + '[role="option"], input[type="submit"], input[type="button"], label')
              .filter(e => (e.localName !== 'label' || radio(e)) && stays(e));
            const off = e => e.matches(':disabled') || e.getAttribute('aria-disabled') === 'true';
            const by = (selectors, words) =>
              pool.find(e => selectors.some(s => e.matches(s)))
              || pool.find(e => short(e) && words.some(w => said(e).includes(w)));
            const found = {};
            const resend = by(resendBy, resendSays);
            if (resend) {
              found.resend = resend;
              found.ready = !off(resend);
            }
            // A link in an e-mail names the e-mail, too.
            const named = e => {
              const all = Object.keys(kinds).filter(k => kinds[k].some(w => said(e).includes(w)));
              return all.includes('EMAIL_LINK') ? all.filter(k => k !== 'EMAIL_CODE') : all;
            };
            for (const e of pool) {
              if (e === resend || !short(e) || off(e)) continue;
              const kind = named(e);
              if (kind.length !== 1 || found['way_' + kind[0]]) continue;
              found['way_' + kind[0]] = e;
              if (radio(e) || e.getAttribute('role') === 'radio') {
                const form = radio(e) ? radio(e).form : e.closest('form');
                const scope = form || e.closest('main, [role="main"], section, dialog') || document;
                const sends = pool.filter(b => scope.contains(b) && b !== e && !radio(b)
                  && b.matches('button, input[type="submit"]')
                  && (e.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING)
                  && named(b).length === 0);
                const send = sends.find(b => b.type === 'submit') || sends[0];
                if (send) found['send_' + kind[0]] = send;
              }
            }
            const other = by(otherBy, otherSays);
            if (other && other !== resend && named(other).length === 0 && !off(other))
              found.other = other;
            const held = document.querySelector('main, [role="main"]') || document.body;
            const lines = held ? held.innerText.split('\\n').map(l => l.trim()).filter(Boolean) : [];
            found.said = lines.filter(l => /@|[0-9*•·●∙]/.test(l)).slice(0, 8)
              .map(l => l.slice(0, 300));
            for (const line of lines.map(plain)) {
              const end = ends.map(w => line.indexOf(w) < 0 ? null
                : /^[^0-9@]{0,20}([0-9]{2,4})(?![0-9])/.exec(line.slice(line.indexOf(w) + w.length)))
                .find(Boolean);
              if (end) found.end = end[1];
            }
            return found;
            """;

  private WayScripts() {}
}
