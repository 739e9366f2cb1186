package ai.pathbound.identities.login.session;

import ai.pathbound.identities.secret.Secret;
import java.util.Optional;

/** What a person signs in with, from the request's body to the connector. */
public sealed interface Credentials {
  /**
   * What is typed into LinkedIn's login.
   *
   * @param username the LinkedIn username, trimmed
   * @param password the password, as given
   */
  record Password(Secret username, Secret password) implements Credentials {}

  /**
   * A session that the account's holder made in a browser of their own.
   *
   * @param session the value of the cookie {@code li_at}
   * @param companion the value of {@code li_a}, which accounts of some products have beside it
   */
  record SessionCookie(Secret session, Optional<Secret> companion) implements Credentials {}
}
