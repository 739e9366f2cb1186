package ai.pathbound.identities.audit;

import java.util.Locale;

/** What a caller, or the service, did. */
public enum Action {
  IDENTITY_CREATED,
  IDENTITY_UPDATED,
  /** An identity was deleted, and a login under way with it. */
  IDENTITY_DELETED,
  LOGIN_STARTED,
  CODE_GIVEN,
  /** A login was completed or failed; the service is the actor. */
  LOGIN_ENDED,
  /** The stored session was given up. */
  DISCONNECTED;

  /** The name in the database and in the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
