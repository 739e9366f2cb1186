package ai.pathbound.identities.webhook.store;

import ai.pathbound.identities.id.EndpointId;
import ai.pathbound.identities.secret.SealingContext;
import ai.pathbound.identities.secret.Secret;
import ai.pathbound.identities.secret.SecretBox;
import ai.pathbound.identities.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Makes, seals and opens the secrets that messages are signed with: {@code whsec_} and the base64
 * of 32 random bytes (Standard Webhooks, "Signature scheme").
 */
@ApplicationScoped
public class EndpointSecrets {
  /** What they are sealed for; as part of the context, it is named once and for ever. */
  public static final String PLACE = "webhook_endpoint.secret";

  private static final String PREFIX = "whsec_";
  private static final int BYTES = 32;

  private final SecretBox box;
  private final SecureRandom random = new SecureRandom();

  /** Seals and opens by {@code box}. */
  public EndpointSecrets(SecretBox box) {
    this.box = box;
  }

  /** A new one. */
  Secret make() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Secret.of(PREFIX + Base64.getEncoder().encodeToString(bytes));
  }

  String seal(Secret secret, TenantId tenant, EndpointId endpoint) {
    return box.seal(secret, new SealingContext(tenant, endpoint.uuid(), PLACE));
  }

  /**
   * Opens one.
   *
   * @throws ai.pathbound.identities.secret.UnreadableSecretException where it does not open
   */
  public Secret open(String sealed, TenantId tenant, EndpointId endpoint) {
    return box.open(sealed, new SealingContext(tenant, endpoint.uuid(), PLACE));
  }
}
