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
  DISCONNECTED,
  /** Before that, it was signed out at LinkedIn, or that was tried. */
  SIGNED_OUT,
  /** LinkedIn no longer honoured the stored session, which was erased; the service is the actor. */
  SESSION_EXPIRED,
  /** A webhook endpoint was made. */
  ENDPOINT_CREATED,
  /** A webhook endpoint was changed. */
  ENDPOINT_UPDATED,
  /** A webhook endpoint was given a new secret. */
  ENDPOINT_ROTATED,
  /** A webhook endpoint was switched off by the service itself. */
  ENDPOINT_DISABLED,
  /** A webhook endpoint was deleted. */
  ENDPOINT_DELETED;

  /** The name in the database and in the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
