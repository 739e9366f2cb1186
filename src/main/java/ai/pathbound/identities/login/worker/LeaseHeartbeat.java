package ai.pathbound.identities.login.worker;

import ai.pathbound.identities.concurrency.RecurringTask;
import ai.pathbound.identities.login.LoginSettings;
import ai.pathbound.identities.login.store.Claim;
import ai.pathbound.identities.login.store.Leases;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Renews the leases of what this replica drives now, and no others, several times while each lasts.
 * Independent of claiming: a slow claim query lets no lease expire.
 */
@ApplicationScoped
class LeaseHeartbeat {
  private static final int TIMES_PER_LEASE = 4;

  private final String worker = UUID.randomUUID().toString();

  private final RecurringTask task = new RecurringTask("renewing leases");
  // By identity: equals() of claims would compare their secrets.
  private final Set<Claim> held =
      Collections.newSetFromMap(Collections.synchronizedMap(new IdentityHashMap<>()));
  private final Leases leases;
  private final Duration every;
  private volatile Cancellable ticks = () -> {};

  LeaseHeartbeat(Leases leases, LoginSettings settings, MeterRegistry metrics) {
    this.leases = leases;
    this.every = settings.worker().lease().dividedBy(TIMES_PER_LEASE);
    metrics.gauge("identities.login.slots.used", held, Set::size);
  }

  void onStart(@Observes StartupEvent event) {
    ticks =
        Multi.createFrom()
            .ticks()
            .every(every)
            .onOverflow()
            .drop()
            .onItem()
            .transformToUniAndConcatenate(now -> renew())
            .subscribe()
            .with(renewed -> {});
  }

  /** The id under which this replica holds leases; another one after each start. */
  String worker() {
    return worker;
  }

  void hold(Claim claim) {
    held.add(claim);
  }

  void release(Claim claim) {
    held.remove(claim);
  }

  int howMany() {
    return held.size();
  }

  /** Gives everything back; how many logins that was. */
  Uni<Integer> giveBack() {
    return leases.giveBack(worker);
  }

  /** Renews now; never fails. */
  Uni<Void> renew() {
    List<Claim> now = List.copyOf(held);
    return now.isEmpty() ? Uni.createFrom().voidItem() : task.run(() -> leases.renew(worker, now));
  }

  @PreDestroy
  void end() {
    ticks.cancel();
  }
}
