package ai.pathbound.identities.database;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Warns once if the serving program owns its tables, and so could rewrite its audit trail. */
@ApplicationScoped
class TableOwnerWarning {
  private static final Logger LOG = Logger.getLogger(TableOwnerWarning.class);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LAST_RETRY = Duration.ofMinutes(1);
  private static final String OWNS =
      "select pg_has_role(relowner, 'usage') from pg_class where oid = to_regclass('audit_event')";

  private final Pool database;

  TableOwnerWarning(Pool database) {
    this.database = database;
  }

  void onStart(@Observes StartupEvent event) {
    // In dev mode and tests the program owns its tables.
    if (LaunchMode.current() != LaunchMode.NORMAL) {
      return;
    }
    ownsItsTables()
        .onFailure()
        .retry()
        .withBackOff(FIRST_RETRY, LAST_RETRY)
        .indefinitely()
        .subscribe()
        .with(owner -> warnIf(owner), failure -> LOG.debugf("whose tables? %s", failure));
  }

  private Uni<Boolean> ownsItsTables() {
    return database
        .query(OWNS)
        .execute()
        .map(
            rows -> {
              if (rows.size() == 0) {
                throw new IllegalStateException("not migrated yet");
              }
              return rows.iterator().next().getBoolean(0);
            });
  }

  private static void warnIf(boolean owner) {
    if (owner) {
      LOG.warn(
          "This program logs in as the owner of its tables: an intruder can rewrite the audit trail"
              + " and the schema. Give it a role of its own (docs/operations.md, Secrets).");
    }
  }
}
