package ai.pathbound.identities.secret;

/** A sealed secret does not open: its key is gone, or it is not what was sealed for this place. */
public final class SecretUnreadable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SecretUnreadable(Place place, String why) {
    super("the secret in " + place.column() + " of row " + place.row() + " does not open: " + why);
  }
}
