package ai.pathbound.identities.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Tokens;
import ai.pathbound.identities.program.LoginRows.LoginRow;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Three replicas are replaced one after the other under fifty streams; none misses its end. */
@Tag("faults")
class StreamsDuringRestartIT {
  private static final int REPLICAS = 3;
  private static final int STREAMS = 50;
  private static final String TENANT = "rolling-streams";
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final List<Program> replicas = new CopyOnWriteArrayList<>();
  private final List<Program> ready = new CopyOnWriteArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String token = Tokens.of(TENANT, "tester", Tokens.BOTH);

  @Test
  void nobodyMissesATerminalEvent() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (ProductionEnvironment surroundings =
        ProductionEnvironment.start(Map.of("QUARKUS_SHUTDOWN_DELAY", "3s"))) {
      LoginRows rows = new LoginRows(surroundings.owner());
      List<LoginRow> logins = rows.insert(TENANT, STREAMS);
      try {
        for (int i = 0; i < REPLICAS; i++) {
          add(surroundings, "streams-" + i);
        }
        List<FollowingClient> clients = new ArrayList<>();
        List<Future<FollowingClient.Seen>> followed = new ArrayList<>();
        for (LoginRow login : logins) {
          FollowingClient client =
              new FollowingClient(
                  () -> ready.stream().map(Program::url).toList(), login.path(), token);
          clients.add(client);
          followed.add(threads.submit(client));
        }
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> clients.stream().allMatch(FollowingClient::isConnected));

        for (int i = 0; i < REPLICAS; i++) {
          Program old = replicas.get(0);
          add(surroundings, "streams-new-" + i);
          old.process().destroy();
          // While everybody looks for another replica, all change and some end.
          for (int j = 0; j < logins.size(); j++) {
            if (j % (REPLICAS + 1) == i) {
              cancel(logins.get(j));
            } else if (j % (REPLICAS + 1) > i) {
              rows.askAnew(logins.get(j));
            }
          }
          Awaitility.await()
              .atMost(PATIENCE)
              .pollInterval(Duration.ofMillis(50))
              .until(() -> ProgramClient.ready(old) != 200);
          ready.remove(old);
          old.ended();
          assertEquals("", old.errors());
          replicas.remove(old);
        }
        for (int j = REPLICAS; j < logins.size(); j += REPLICAS + 1) {
          cancel(logins.get(j));
        }

        int connections = 0;
        for (int j = 0; j < logins.size(); j++) {
          FollowingClient.Seen seen = followed.get(j).get(5, TimeUnit.MINUTES);
          assertEquals("failed", seen.last().status(), seen.events().toString());
          assertEquals(Long.toString(rows.version(logins.get(j))), seen.last().id());
          connections += seen.connections();
        }
        System.out.printf("%d streams were opened %d times%n", STREAMS, connections);
        assertTrue(connections > STREAMS, "nobody had to connect again");
      } finally {
        threads.shutdownNow();
        replicas.forEach(Program::close);
      }
    }
  }

  /** Ends a login, at whichever replica answers. */
  private void cancel(LoginRow login) {
    String path = login.path().replaceFirst("/status/.*", "");
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              Program replica = ready.get(ready.size() - 1);
              HttpRequest request =
                  HttpRequest.newBuilder(URI.create(replica.url() + path))
                      .header("Authorization", "Bearer " + token)
                      .DELETE()
                      .build();
              return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
            });
  }

  private void add(ProductionEnvironment surroundings, String name) {
    Program replica = Program.start(name, surroundings.environment());
    replicas.add(replica);
    Awaitility.await().atMost(PATIENCE).until(() -> ProgramClient.ready(replica) == 200);
    ready.add(replica);
  }
}
