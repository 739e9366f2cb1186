package ai.pathbound.identities.login.session;

import ai.pathbound.identities.secret.Secret;

/**
 * Who is signed in at LinkedIn, in the connector's own words. Personal data: sealed where kept,
 * never printed.
 *
 * @param key what tells one member from another
 */
public record Member(Secret key) {
  /** A member who is signed in, and of whom LinkedIn did not say who it is; asked again later. */
  public static Member unknown() {
    return new Member(Secret.of(""));
  }

  /** Whether it is known who it is. */
  public boolean isKnown() {
    return !key.equals(Secret.of(""));
  }
}
