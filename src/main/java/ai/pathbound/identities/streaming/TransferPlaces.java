package ai.pathbound.identities.streaming;

import ai.pathbound.identities.concurrency.Bulkhead;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How many transfers are under way at a time. Each holds a connection for as long as its client
 * takes, so all together get a quarter of the pool (the workers take half of it at most), and one
 * tenant half of that quarter: its slow readers keep no other tenant from its lists.
 */
@ApplicationScoped
class TransferPlaces {
  private final int ofOneTenant;
  private final Bulkhead all;
  private final Map<TenantId, Share> shares = new ConcurrentHashMap<>();

  TransferPlaces(@ConfigProperty(name = "quarkus.datasource.reactive.max-size") int connections) {
    int places = Math.max(1, connections / 4);
    this.ofOneTenant = (places + 1) / 2;
    this.all = new Bulkhead(places);
  }

  /** What a tenant has under way or waits for; it is kept no longer than that. */
  private record Share(Bulkhead places, int transfers) {
    Share with(int more) {
      return new Share(places, transfers + more);
    }
  }

  /** Does {@code work} once there is a place, first come, first served. */
  <T> Uni<T> within(TenantId tenant, Supplier<Uni<? extends T>> work) {
    return Uni.createFrom()
        .deferred(
            () ->
                join(tenant)
                    .places()
                    .<T>run(() -> all.run(work))
                    .onTermination()
                    .invoke(() -> leave(tenant)));
  }

  private Share join(TenantId tenant) {
    return shares.compute(
        tenant,
        (key, share) -> (share == null ? new Share(new Bulkhead(ofOneTenant), 0) : share).with(1));
  }

  private void leave(TenantId tenant) {
    shares.computeIfPresent(tenant, (key, share) -> share.transfers() == 1 ? null : share.with(-1));
  }

  /** Of how many tenants something is kept. */
  int kept() {
    return shares.size();
  }
}
