package ai.pathbound.identities.login.lease;

import ai.pathbound.identities.login.connector.LoginLostException;
import ai.pathbound.identities.login.connector.SessionJournal;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.Member;
import ai.pathbound.identities.login.session.StoredSession;
import ai.pathbound.identities.login.store.SessionLeases;
import ai.pathbound.identities.login.store.SessionLeases.Lease;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

/** The journal of one use, written to the profile's row under its lease. */
final class LeaseJournal implements SessionJournal {
  private static final Logger LOG = Logger.getLogger(LeaseJournal.class);

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
  public Uni<Boolean> sessionIs(StoredSession session) {
    return leases.store(lease, session);
  }

  @Override
  public Uni<Boolean> memberIs(Member member) {
    if (!lease.askWho()) {
      return Uni.createFrom().item(true);
    }
    if (lease.presumed().filter(member::isAnotherThan).isPresent()) {
      LOG.warnf("the session of %s is another member's than who it was before", lease.profile());
      return Uni.createFrom().item(false);
    }
    return leases.memberIs(lease, member).replaceWith(true);
  }
}
