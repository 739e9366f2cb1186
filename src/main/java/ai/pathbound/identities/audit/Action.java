package ai.pathbound.identities.audit;

import java.util.Locale;

/** What somebody did. */
public enum Action {
  /** An identity was made. */
  IDENTITY_CREATED,
  /** An identity was changed. */
  IDENTITY_UPDATED,
  /** An identity was deleted, and a login under way with it. */
  IDENTITY_DELETED,
  /** A login was accepted. */
  LOGIN_STARTED,
  /** A code was given to a login. */
  CODE_GIVEN,
  /** A login was completed or failed; the service says so itself. */
  LOGIN_ENDED,
  /** The stored session was given up. */
  DISCONNECTED,
  /** Before that, it was signed out at LinkedIn, or that was tried. */
  SIGNED_OUT;

  /** How it is called in the database and in the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
