package ai.pathbound.identities.webhook.guard;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Asks the operating system, as every other program of the machine does. That blocks, so it has
 * threads of its own: a name server that does not answer holds up look-ups of names and nothing
 * else.
 */
@ApplicationScoped
class SystemResolver implements HostResolver {
  private static final int THREADS = 16;

  private final WorkerExecutor threads;

  SystemResolver(Vertx vertx) {
    this.threads = vertx.createSharedWorkerExecutor("webhook-names", THREADS);
  }

  @Override
  public Uni<List<InetAddress>> resolve(String name) {
    return Uni.createFrom()
        .completionStage(
            () -> threads.executeBlocking(() -> addresses(name), false).toCompletionStage());
  }

  private static List<InetAddress> addresses(String name) {
    try {
      return List.of(InetAddress.getAllByName(name));
    } catch (UnknownHostException e) {
      return List.of();
    }
  }

  @PreDestroy
  void close() {
    threads.close();
  }
}
