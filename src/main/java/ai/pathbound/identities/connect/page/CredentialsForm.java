package ai.pathbound.identities.connect.page;

/**
 * The form of username and password. Templates read it, hence public.
 *
 * @param token what it carries
 * @param problem what is wrong, or null
 * @param username what need not be typed again
 * @param badUsername whether the username is to be corrected
 * @param badPassword whether the password is
 */
public record CredentialsForm(
    String token, String problem, String username, boolean badUsername, boolean badPassword) {
  /** Whether the password is what is to be typed next. */
  public boolean passwordIsNext() {
    return !username.isEmpty() && !badUsername;
  }

  /** Whether the problem is said with the username: it is wrong, or the focus goes there. */
  public boolean saysItAtUsername() {
    return problem != null && (badUsername || !passwordIsNext());
  }

  /** Whether the problem is said with the password, likewise. */
  public boolean saysItAtPassword() {
    return problem != null && (badPassword || passwordIsNext());
  }

  /** Without the username, which is a secret. */
  @Override
  public String toString() {
    return "CredentialsForm[]";
  }
}
