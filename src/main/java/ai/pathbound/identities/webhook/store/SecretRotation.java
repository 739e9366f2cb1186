package ai.pathbound.identities.webhook.store;

import ai.pathbound.identities.audit.Action;
import ai.pathbound.identities.audit.AuditTrail;
import ai.pathbound.identities.database.Transactions;
import ai.pathbound.identities.id.EndpointId;
import ai.pathbound.identities.secret.Secret;
import ai.pathbound.identities.tenant.Caller;
import ai.pathbound.identities.webhook.store.Endpoints.WithSecret;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Gives endpoints new secrets, beside which the one before counts for a while. */
@ApplicationScoped
public class SecretRotation {
  // Within an overlap, the older of the two secrets gives way: never more than two signatures.
  private static final String ROTATE =
      """
      update webhook_endpoint set
        older_secret_sealed = case when $4::timestamptz is null then null else secret_sealed end,
        older_secret_until = $4, secret_sealed = $3, updated_at = $5
      where tenant_id = $1 and id = $2 and deleted_at is null
      returning
      """
          + Endpoints.COLUMNS;

  private final Transactions transactions;
  private final Clock clock;
  private final EndpointSecrets secrets;
  private final AuditTrail audit;

  SecretRotation(
      Transactions transactions, Clock clock, EndpointSecrets secrets, AuditTrail audit) {
    this.transactions = transactions;
    this.clock = clock;
    this.secrets = secrets;
    this.audit = audit;
  }

  /**
   * Gives it a new secret; refuses with {@code not_found}.
   *
   * @param overlap how long messages are signed with the one before, too
   */
  public Uni<WithSecret> rotate(Caller caller, EndpointId endpoint, Duration overlap) {
    Secret secret = secrets.make();
    OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
    OffsetDateTime until = overlap.isZero() ? null : now.plus(overlap);
    return transactions.run(
        tx ->
            tx.connection()
                .preparedQuery(ROTATE)
                .execute(
                    Endpoints.key(caller, endpoint)
                        .addValue(secrets.seal(secret, caller.tenant(), endpoint))
                        .addValue(until)
                        .addValue(now))
                .map(Endpoints::required)
                .call(
                    changed ->
                        audit.write(tx.statements(), caller, Action.ENDPOINT_ROTATED, endpoint))
                .map(changed -> new WithSecret(changed, secret)));
  }
}
