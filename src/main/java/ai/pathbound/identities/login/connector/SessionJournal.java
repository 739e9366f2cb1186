package ai.pathbound.identities.login.connector;

import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.Member;
import ai.pathbound.identities.login.session.StoredSession;
import io.smallrye.mutiny.Uni;

/**
 * What a connector writes down while it uses a stored session. LinkedIn may renew a session at any
 * use and stop honouring what it was before: what the browser holds is what counts, also where the
 * use fails later.
 */
public interface SessionJournal {

  /** Remembers where the browser is; called as soon as there is one, and whenever that changes. */
  Uni<Void> browserAt(BrowserHandle browser);

  /**
   * What the browser holds now. Never called of a browser that LinkedIn showed to be signed out.
   *
   * @return whether it was stored: not where another use has taken over since
   */
  Uni<Boolean> sessionIs(StoredSession session);

  /**
   * Whose session it is, where LinkedIn said so.
   *
   * @return whether it may be: false where the session was taken to be another member's
   */
  Uni<Boolean> memberIs(Member member);
}
