package ai.pathbound.identities.login.use;

import ai.pathbound.identities.login.connector.LoginLostException;
import ai.pathbound.identities.login.connector.SessionJournal;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.Member;
import ai.pathbound.identities.login.session.StoredSession;
import ai.pathbound.identities.login.store.SessionLeases;
import ai.pathbound.identities.login.store.SessionLeases.Lease;
import io.smallrye.mutiny.Uni;

/** The journal of one use, written to the profile's row under its lease. */
final class LeaseJournal implements SessionJournal {
  private final SessionLeases leases;
  private final Lease lease;

  LeaseJournal(SessionLeases leases, Lease lease) {
    this.leases = leases;
    this.lease = lease;
  }

  @Override
  public Uni<Void> browserAt(BrowserHandle browser) {
    return leases
        .browserAt(lease, browser)
        .invoke(
            held -> {
              if (!held) {
                throw new LoginLostException();
              }
            })
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> sessionIs(StoredSession session) {
    return leases.store(lease, session).replaceWithVoid();
  }

  @Override
  public Uni<Void> memberIs(Member member) {
    return leases.memberIs(lease, member).replaceWithVoid();
  }
}
