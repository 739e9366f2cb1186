package ai.pathbound.identities.webhook.store;

import ai.pathbound.identities.webhook.WebhookSettings;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** Forgets messages that are kept no longer, and secrets whose overlap is over; some at a time. */
@ApplicationScoped
public class OldMessages {
  private static final String MESSAGES =
      """
      delete from webhook_message m where (m.tenant_id, m.id) in (
        select tenant_id, id from webhook_message where created_at < $1
        order by created_at limit 1000 for update skip locked)
      """;
  private static final String SECRETS =
      """
      update webhook_endpoint set older_secret_sealed = null, older_secret_until = null
      where older_secret_until <= $1
      """;

  private final Pool pool;
  private final Clock clock;
  private final WebhookSettings settings;

  OldMessages(Pool pool, Clock clock, WebhookSettings settings) {
    this.pool = pool;
    this.clock = clock;
    this.settings = settings;
  }

  /** Forgets messages with what became of them, and secrets. */
  public Uni<Void> prune() {
    Instant now = clock.instant();
    return pool.preparedQuery(MESSAGES)
        .execute(Tuple.of(now.minus(settings.keep()).atOffset(ZoneOffset.UTC)))
        .flatMap(
            pruned -> pool.preparedQuery(SECRETS).execute(Tuple.of(now.atOffset(ZoneOffset.UTC))))
        .replaceWithVoid();
  }
}
