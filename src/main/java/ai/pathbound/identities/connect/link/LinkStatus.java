package ai.pathbound.identities.connect.link;

import java.util.Locale;

/** The word for a link's state in JSON, SQL, logs and metrics. */
public enum LinkStatus {
  /** Nobody has consented yet. */
  PENDING,
  /** A holder has consented. */
  OPENED,
  /** A login is under way. */
  SUBMITTED,
  /** The account is connected. */
  COMPLETED,
  /** The login failed. */
  FAILED,
  /** Its time was over. */
  EXPIRED,
  /** The tenant took it back. */
  REVOKED;

  /** Whether nothing follows. */
  public boolean isTerminal() {
    return compareTo(SUBMITTED) > 0;
  }

  /** The name in JSON and SQL. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static LinkStatus ofWireName(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
