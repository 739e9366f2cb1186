package ai.pathbound.identities.login.lease;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.login.connector.LinkedInConnector;
import ai.pathbound.identities.login.connector.LoginLostException;
import ai.pathbound.identities.login.connector.SessionJournal;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.store.SessionLeases;
import ai.pathbound.identities.login.store.SessionLeases.Lease;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Lets one use of a stored session through at a time, across replicas. Who takes over from a use
 * that never said how it ended looks first into its browser, which may hold a newer session than
 * the row.
 */
@ApplicationScoped
public class SessionUses {
  private static final Logger LOG = Logger.getLogger(SessionUses.class);

  // How long a killed replica holds up the next use.
  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Duration RENEWAL = Duration.ofSeconds(3);
  private static final Duration TRY_AGAIN = Duration.ofMillis(200);
  // The connector has a shorter time of its own.
  private static final Duration RETRIEVAL = Duration.ofMinutes(2);
  private static final Duration LOOK_FOR_LOGINS = Duration.ofMillis(500);

  private final SessionLeases leases;
  private final LinkedInConnector connector;
  private final Duration renewal;

  @Inject
  SessionUses(SessionLeases leases, LinkedInConnector connector) {
    this(leases, connector, RENEWAL);
  }

  SessionUses(SessionLeases leases, LinkedInConnector connector, Duration renewal) {
    this.leases = leases;
    this.connector = connector;
    this.renewal = renewal;
  }

  /**
   * Does {@code work} with the session once there is no other use of it; waits as long as that
   * takes. Empty where there is no session. A use that is cancelled keeps the session until its
   * lease is over: what it still has to write down, it may. One whose lease ran out and was taken
   * by another is broken off, with {@link LoginLostException}.
   *
   * @param holder who uses it; a use of the same holder is taken over at once
   */
  public <T> Uni<Optional<T>> whenFree(
      TenantId tenant,
      IdentityId identity,
      UUID holder,
      BiFunction<Lease, SessionJournal, Uni<T>> work) {
    return ifFree(tenant, identity, holder, work)
        .chain(
            done ->
                done.isPresent()
                    ? Uni.createFrom().item(done)
                    : leases
                        .hasSession(tenant, identity)
                        .chain(
                            there ->
                                there
                                    ? later(() -> whenFree(tenant, identity, holder, work))
                                    : Uni.createFrom().item(Optional.empty())));
  }

  /**
   * Does {@code work} with the session if there is no other use of it now; empty otherwise, and
   * where there is no session.
   *
   * @param holder who uses it
   */
  public <T> Uni<Optional<T>> ifFree(
      TenantId tenant,
      IdentityId identity,
      UUID holder,
      BiFunction<Lease, SessionJournal, Uni<T>> work) {
    return leases
        .take(tenant, identity, holder, LEASE)
        .chain(
            lease ->
                lease.isPresent()
                    ? use(lease.get(), work).map(Optional::of)
                    : Uni.createFrom().item(Optional.empty()));
  }

  /** Completes once a login is under way that signs in with the session, or is to. */
  public Uni<Void> wantedByLogin(TenantId tenant, IdentityId identity) {
    return Multi.createFrom()
        .ticks()
        .every(LOOK_FOR_LOGINS)
        .onOverflow()
        .drop()
        .onItem()
        .transformToUniAndConcatenate(
            tick -> leases.isWantedByLogin(tenant, identity).onFailure().recoverWithItem(false))
        .select()
        .where(wanted -> wanted)
        .toUni()
        .replaceWithVoid();
  }

  /**
   * Stores what the browser of a login holds that was ended from outside, and closes it; leaves a
   * session that was stored since as it is.
   *
   * @param login whose use it was
   * @param endedAt when it was ended
   */
  public Uni<Void> retrieve(
      TenantId tenant,
      IdentityId identity,
      UUID login,
      OffsetDateTime endedAt,
      BrowserHandle browser) {
    return ifFree(
            tenant,
            identity,
            login,
            (lease, journal) ->
                lease.storedAt().isAfter(endedAt)
                    ? Uni.createFrom().item(false)
                    : connector
                        .retrieve(browser)
                        .call(
                            session ->
                                session
                                    .map(journal::sessionIs)
                                    .orElseGet(() -> Uni.createFrom().item(false)))
                        .map(Optional::isPresent))
        .replaceWithVoid();
  }

  private static <T> Uni<T> later(Supplier<Uni<T>> again) {
    return Uni.createFrom().voidItem().onItem().delayIt().by(TRY_AGAIN).chain(again::get);
  }

  private <T> Uni<T> use(Lease lease, BiFunction<Lease, SessionJournal, Uni<T>> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              CompletableFuture<T> lost = new CompletableFuture<>();
              Cancellable renewal = renewal(lease, lost);
              return Uni.join()
                  .first(
                      retrieved(lease)
                          .chain(held -> work.apply(held, new LeaseJournal(leases, held))),
                      Uni.createFrom().completionStage(lost))
                  .toTerminate()
                  .onTermination()
                  .invoke(renewal::cancel)
                  .onItemOrFailure()
                  .call(
                      (done, failure) ->
                          quietly(
                              failure instanceof UnresolvedUseException
                                  ? leases.leave(lease)
                                  : leases.release(lease)));
            });
  }

  /** Renews the lease; a use that another one took over goes no further. */
  private Cancellable renewal(Lease lease, CompletableFuture<?> lost) {
    return Multi.createFrom()
        .ticks()
        // The lease was taken just now; a renewal at once could outrun the end of a short use.
        .startingAfter(renewal)
        .every(renewal)
        .onOverflow()
        .drop()
        .onItem()
        .transformToUniAndConcatenate(
            tick -> leases.renew(lease, LEASE).onFailure().recoverWithItem(true))
        .subscribe()
        .with(
            held -> {
              if (!held) {
                lost.completeExceptionally(new LoginLostException());
              }
            },
            failure -> LOG.debugf("a lease is not renewed: %s", failure));
  }

  private static Uni<Void> quietly(Uni<Void> ending) {
    return ending
        .onFailure()
        .invoke(failure -> LOG.debugf("a use was not ended, its lease will be: %s", failure))
        .onFailure()
        .recoverWithNull();
  }

  /**
   * The session as the browser of a use that was broken off holds it.
   *
   * @throws UnresolvedUseException where that browser is there and does not say what it holds
   */
  private Uni<Lease> retrieved(Lease lease) {
    if (lease.left().isEmpty()) {
      return Uni.createFrom().item(lease);
    }
    return connector
        .retrieve(lease.left().get())
        .ifNoItem()
        .after(RETRIEVAL)
        .fail()
        .onFailure()
        .transform(UnresolvedUseException::new)
        .chain(
            session ->
                session
                    .map(
                        now -> {
                          LOG.info("took a session over from a use that was broken off");
                          return leases.store(lease, now).replaceWith(lease.of(now));
                        })
                    .orElseGet(() -> Uni.createFrom().item(lease)));
  }
}
