package ai.pathbound.identities.login.store;

import java.util.Locale;

/** What came of a look at a stored session. */
public enum HealthCheckOutcome {
  /** LinkedIn honours it. */
  HONOURED,
  /** A page said that it is over; a second look will tell. */
  DOUBTED,
  /** A page said so again: the session was erased. */
  EXPIRED,
  /** LinkedIn or the browser farm could not be reached, or the page proved neither way. */
  OUT_OF_REACH,
  /** The session cannot be opened, since its key is missing here. */
  UNREADABLE,
  /** A login or a check had said so since the look was planned. */
  NEEDLESS,
  /** A login or a check used the session at that moment, or a login wanted it. */
  BUSY,
  /** There is another session by now, or none, or another replica looked. */
  LOST;

  /** The name in metrics. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
