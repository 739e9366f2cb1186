package ai.pathbound.identities.secret;

/**
 * A sealed secret does not open: its key is gone, or it is not what was sealed for this context.
 */
public final class UnreadableSecretException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableSecretException(SealingContext context, String why) {
    super(
        "the secret in "
            + context.column()
            + " of row "
            + context.row()
            + " does not open: "
            + why);
  }
}
