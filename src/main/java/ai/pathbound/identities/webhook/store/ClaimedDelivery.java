package ai.pathbound.identities.webhook.store;

import ai.pathbound.identities.id.EndpointId;
import ai.pathbound.identities.id.MessageId;
import ai.pathbound.identities.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A message that this replica sends to one endpoint, for as long as its lease lasts.
 *
 * @param tenant whose it is
 * @param endpoint where to
 * @param message its id, the same at every attempt and every endpoint
 * @param epoch the row's since the claim
 * @param worker who claimed it
 * @param tries how often it was tried before, since it was last begun
 * @param url where the endpoint is
 * @param sealedSecrets what to sign with, the newest first, sealed
 * @param body what to send
 * @param failingSince since when the endpoint does nothing but fail
 */
public record ClaimedDelivery(
    TenantId tenant,
    EndpointId endpoint,
    MessageId message,
    long epoch,
    String worker,
    int tries,
    String url,
    List<String> sealedSecrets,
    String body,
    Optional<Instant> failingSince) {
  @Override
  public String toString() {
    return "message " + message + " to endpoint " + endpoint + " of tenant " + tenant;
  }
}
