package ai.pathbound.identities.login.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.login.connector.LinkedInConnector;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.StoredSession;
import ai.pathbound.identities.login.store.SessionLeases;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The uses of one replica, for tests of other packages. */
public final class UsesOf {
  private UsesOf() {}

  /** The uses that this replica makes. */
  public static SessionUses replica(SessionLeases leases, LinkedInConnector connector) {
    return new SessionUses(leases, connector);
  }

  /** The same; each lease is renewed so often. */
  public static SessionUses replica(
      SessionLeases leases, LinkedInConnector connector, Duration renewal) {
    return new SessionUses(leases, connector, renewal);
  }

  /**
   * A connector that only knows what is in a browser that somebody left.
   *
   * @param asked gets each browser that is looked into
   */
  public static LinkedInConnector farm(
      List<BrowserHandle> asked, Optional<StoredSession> inTheBrowser) {
    return farm(asked, Uni.createFrom().item(inTheBrowser));
  }

  /**
   * A connector that only looks into a browser that somebody left.
   *
   * @param asked gets each browser that is looked into
   */
  public static LinkedInConnector farm(
      List<BrowserHandle> asked, Uni<Optional<StoredSession>> inTheBrowser) {
    return (LinkedInConnector)
        Proxy.newProxyInstance(
            LinkedInConnector.class.getClassLoader(),
            new Class<?>[] {LinkedInConnector.class},
            (proxy, method, arguments) -> {
              assertEquals("retrieve", method.getName());
              asked.add((BrowserHandle) arguments[0]);
              return inTheBrowser;
            });
  }
}
