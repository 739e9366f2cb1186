package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.connect.link.LinkStatus;
import ai.pathbound.identities.connect.link.StoredLink;
import ai.pathbound.identities.login.store.LoginStore;
import ai.pathbound.identities.login.store.LoginStore.VersionedLogin;
import ai.pathbound.identities.problem.RefusalException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The logins that pages show beside their links. */
@ApplicationScoped
class LinkLogins {
  private final LoginStore logins;

  LinkLogins(LoginStore logins) {
    this.logins = logins;
  }

  /** The login that a link waits for; empty where it waits for none, or it is kept no longer. */
  Uni<Optional<VersionedLogin>> of(StoredLink link) {
    if (link.status() != LinkStatus.SUBMITTED) {
      return Uni.createFrom().item(Optional.empty());
    }
    return logins
        .require(link.facts().tenant(), link.facts().identity(), link.login().orElseThrow())
        .map(Optional::of)
        .onFailure(RefusalException.class)
        .recoverWithItem(Optional.empty());
  }

  /** What changes whenever the page of a link changes: no secret. */
  static String version(StoredLink link, Optional<VersionedLogin> login) {
    return link.version() + login.map(found -> "." + found.version()).orElse("");
  }
}
