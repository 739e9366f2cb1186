package ai.pathbound.identities.login.worker;

import ai.pathbound.identities.login.connector.Credentials;
import ai.pathbound.identities.login.connector.LoginGone;
import ai.pathbound.identities.login.connector.LoginJournal;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.store.Claim;
import ai.pathbound.identities.login.store.ClaimedLogins;
import ai.pathbound.identities.secret.Secret;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** The journal of one claimed login, written to its row. */
record StoredJournal(Claim claim, ClaimedLogins logins) implements LoginJournal {

  @Override
  public Uni<Void> browserAt(BrowserHandle browser) {
    return logins
        .browserAt(claim, browser)
        .invoke(
            held -> {
              if (!held) {
                throw new LoginGone();
              }
            })
        .replaceWithVoid();
  }

  @Override
  public Uni<Credentials> takeCredentials() {
    return logins
        .takeCredentials(claim)
        .map(StoredJournal::orGone)
        .map(taken -> new Credentials(taken.username(), taken.password()));
  }

  @Override
  public Uni<Secret> takeCode() {
    return logins.takeCode(claim).map(StoredJournal::orGone);
  }

  private static <T> T orGone(Optional<T> taken) {
    return taken.orElseThrow(LoginGone::new);
  }
}
