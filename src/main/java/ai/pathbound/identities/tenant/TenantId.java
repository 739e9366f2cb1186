package ai.pathbound.identities.tenant;

/**
 * Names a tenant, as the token's claim for it does. The first argument of every query.
 *
 * @param value the claim's text: 1 to 255 characters, none of them a control character
 */
public record TenantId(String value) {
  private static final int MAX_LENGTH = 255;

  /**
   * Checks the text.
   *
   * @throws IllegalArgumentException where it is blank, too long or holds a control character
   */
  public TenantId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a tenant id");
    }
  }

  /** Whether {@code text} can name a tenant (or, by the same rule, a subject). */
  public static boolean isValid(String text) {
    if (text == null || text.isBlank() || text.length() > MAX_LENGTH) {
      return false;
    }
    // A stream would be the dearest part of what is asked with each request.
    int codePoint;
    for (int at = 0; at < text.length(); at += Character.charCount(codePoint)) {
      codePoint = text.codePointAt(at);
      if (Character.isISOControl(codePoint)
          || Character.getType(codePoint) == Character.SURROGATE) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return value;
  }
}
