package ai.pathbound.identities.login.connector;

import ai.pathbound.identities.secret.Secret;

/**
 * What a person signs in with.
 *
 * @param username the LinkedIn username, trimmed
 * @param password the password, as given
 */
public record Credentials(Secret username, Secret password) {
  /** Overwrites both; to be called as soon as they were typed. */
  public void erase() {
    username.erase();
    password.erase();
  }
}
