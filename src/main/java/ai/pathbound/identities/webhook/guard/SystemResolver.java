package ai.pathbound.identities.webhook.guard;

import ai.pathbound.identities.concurrency.FairPlaces;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Asks the operating system, as every other program of the machine does. That blocks, and a name
 * server that is silent blocks for longer than anybody waits, so it has threads of its own, which
 * the tenants share: one whose name servers are silent holds up its own look-ups of names and
 * nothing else.
 */
@ApplicationScoped
class SystemResolver implements HostResolver {
  private static final int THREADS = 32;

  private final WorkerExecutor threads;
  private final FairPlaces<TenantId> places = new FairPlaces<>(THREADS);
  private final Function<String, List<InetAddress>> system;

  @Inject
  SystemResolver(Vertx vertx) {
    this(vertx, SystemResolver::addresses);
  }

  /**
   * Asks {@code system}, which may block.
   *
   * @param system the addresses of a name; none where there is no such name
   */
  SystemResolver(Vertx vertx, Function<String, List<InetAddress>> system) {
    this.threads = vertx.createSharedWorkerExecutor("webhook-names", THREADS);
    this.system = system;
  }

  @Override
  public Uni<List<InetAddress>> resolve(TenantId tenant, String name) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Context asking = Vertx.currentContext();
              Uni<List<InetAddress>> found =
                  Uni.createFrom().completionStage(() -> places.run(tenant, () -> lookUp(name)));
              // A turn that waited begins in the context of who left its place.
              return asking == null
                  ? found
                  : found.emitOn(task -> asking.runOnContext(go -> task.run()));
            });
  }

  private CompletionStage<List<InetAddress>> lookUp(String name) {
    return threads.executeBlocking(() -> system.apply(name), false).toCompletionStage();
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
