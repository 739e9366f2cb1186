package ai.pathbound.identities.tenant;

/** The scopes that a token can carry; none includes another. */
public final class Scopes {
  /** To read identities and the audit trail. */
  public static final String READ = "identities:read";

  /** To change identities, and for every LinkedIn call. */
  public static final String WRITE = "identities:write";

  /** To read webhook endpoints and what was delivered to them. */
  public static final String WEBHOOKS_READ = "webhooks:read";

  /** To change webhook endpoints, and to have messages sent. */
  public static final String WEBHOOKS_WRITE = "webhooks:write";

  private Scopes() {}
}
