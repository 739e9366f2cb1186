package ai.pathbound.identities.login.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.database.DatabaseSettings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The start and the scheduler both want a connection that listens; one is enough. */
@QuarkusTest
class ListeningTest {
  private static final Duration AMPLE = Duration.ofSeconds(30);

  @Inject Pool pool;
  @Inject DatabaseSettings settings;

  @Test
  void oneConnectionListensHoweverManyAskForIt() {
    AtomicInteger taken = new AtomicInteger();
    Pool counting =
        new Pool(pool.getDelegate()) {
          @Override
          public Uni<SqlConnection> getConnection() {
            taken.incrementAndGet();
            return super.getConnection();
          }
        };
    LoginSignals signals = new LoginSignals(counting, settings);
    try {
      Uni.join()
          .all(Stream.generate(signals::keepListening).limit(3).toList())
          .andFailFast()
          .chain(signals::keepListening)
          .await()
          .atMost(AMPLE);
      assertEquals(1, taken.get());
    } finally {
      signals.onStop(new ShutdownEvent());
    }
  }
}
