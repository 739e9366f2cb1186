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
  /** LinkedIn was to send its code or message again. */
  RESEND_REQUESTED,
  /** Another of LinkedIn's challenges was chosen. */
  CHALLENGE_CHOSEN,
  /** A caller ended a login under way. */
  LOGIN_CANCELLED,
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
  ENDPOINT_DELETED,
  /** A connect link was made. */
  LINK_CREATED,
  /** A holder opened a connect link in a browser, to which it is bound from then on. */
  LINK_OPENED,
  /** In doing so, the holder consented to a text. */
  LINK_CONSENTED,
  /** A holder submitted credentials: a login began. */
  LINK_SUBMITTED,
  /** A connect link led to a completed login. */
  LINK_COMPLETED,
  /** A connect link's login failed for good. */
  LINK_FAILED,
  /** A connect link's time was over. */
  LINK_EXPIRED,
  /** A connect link was taken back. */
  LINK_REVOKED,
  /** The tenant's settings of the page of connect links were changed. */
  CONNECT_SETTINGS_UPDATED;

  /** The name in the database and in the API. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
