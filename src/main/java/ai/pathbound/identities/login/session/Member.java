package ai.pathbound.identities.login.session;

import ai.pathbound.identities.secret.Secret;

/**
 * Who is signed in at LinkedIn, in the connector's own words. Personal data: sealed where kept,
 * never printed.
 *
 * @param key what tells one member from another
 * @param presumed whether it is who it was before, and LinkedIn has not said it of this session
 */
public record Member(Secret key, boolean presumed) {
  // No control character is typed into a form, so no member's key begins with one.
  private static final String PRESUMED = "\u0000";

  /** A member of whom LinkedIn said who it is. */
  public Member(Secret key) {
    this(key, false);
  }

  /** A member who is signed in, and of whom LinkedIn did not say who it is; asked again later. */
  public static Member unknown() {
    return new Member(Secret.of(""));
  }

  /** The same, of a session of which LinkedIn did not say whose it is; asked again later. */
  public Member asPresumed() {
    return new Member(key, true);
  }

  /** Whether LinkedIn said who it is. */
  public boolean isKnown() {
    return isNamed() && !presumed;
  }

  /** Whether there is a name for who it is, or at least for who it was. */
  public boolean isNamed() {
    return !key.equals(Secret.of(""));
  }

  /** Whether both have a name, and not the same. */
  public boolean isAnotherThan(Member other) {
    return isNamed() && other.isNamed() && !key.equals(other.key);
  }

  /** The form in which it is kept. */
  public Secret kept() {
    return presumed ? Secret.of(PRESUMED + key.reveal()) : key;
  }

  /** A member as it was {@link #kept}. */
  public static Member of(Secret kept) {
    String text = kept.reveal();
    return text.startsWith(PRESUMED)
        ? new Member(Secret.of(text.substring(PRESUMED.length())), true)
        : new Member(kept);
  }
}
