package ai.pathbound.identities.tenant;

/** The scopes that a token can carry; neither includes the other. */
public final class Scopes {
  /** To read identities and the audit trail. */
  public static final String READ = "identities:read";

  /** To change identities, and for every LinkedIn call. */
  public static final String WRITE = "identities:write";

  private Scopes() {}
}
