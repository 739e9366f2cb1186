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

  /** Without the username, which is a secret. */
  @Override
  public String toString() {
    return "CredentialsForm[]";
  }
}
