package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.connector.OpenBrowser;
import ai.pathbound.identities.login.connector.webdriver.protocol.Remote;
import ai.pathbound.identities.login.connector.webdriver.protocol.WebDriverClient;
import ai.pathbound.identities.login.connector.webdriver.protocol.WebDriverException;
import ai.pathbound.identities.login.session.Country;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Opens and closes browsers. One that comes when its caller no longer waits is closed again. */
final class Farm {
  /** What the label of every browser of ours begins with. */
  static final String LABEL = "pathbound-identities ";

  private static final Logger LOG = Logger.getLogger(Farm.class);
  // A full Grid answers within five minutes by default; a client that hung up earlier would not
  // learn of the browser that the Grid opens then, and could not close it.
  private static final Duration LATEST = Duration.ofMinutes(6);

  private final WebDriverClient client;
  private final EgressRoutes routes;
  private final Duration openTimeout;

  Farm(WebDriverClient client, EgressRoutes routes, Duration openTimeout) {
    this.client = client;
    this.routes = routes;
    this.openTimeout = openTimeout;
  }

  /** Opens a browser for {@code country}; {@code label} says for what. */
  Uni<Browser> open(Country country, String label) {
    Optional<URI> endpoint = routes.endpoint(country);
    if (endpoint.isEmpty()) {
      return Uni.createFrom()
          .failure(new LinkedInUnavailableException("no way out from " + country));
    }
    Duration patience = openTimeout.compareTo(LATEST) > 0 ? openTimeout : LATEST;
    Uni<Remote> opening =
        client.open(endpoint.get(), routes.capabilities(country, label), patience);
    return orCloseLate(opening)
        .ifNoItem()
        .after(openTimeout)
        .failWith(() -> new LinkedInUnavailableException("the farm opened no browser in time"))
        .map(remote -> new Browser(remote, country));
  }

  private Uni<Remote> orCloseLate(Uni<Remote> opening) {
    return Uni.createFrom()
        .emitter(
            emitter -> {
              AtomicBoolean wanted = new AtomicBoolean(true);
              emitter.onTermination(() -> wanted.set(false));
              opening
                  .subscribe()
                  .with(
                      remote -> {
                        if (wanted.getAndSet(false)) {
                          emitter.complete(remote);
                        } else {
                          closeQuietly(remote).subscribe().with(done -> {});
                        }
                      },
                      emitter::fail);
            });
  }

  /** Our browsers at every farm; none at one that does not say, or not now. */
  Uni<List<OpenBrowser>> openBrowsers() {
    return Multi.createFrom()
        .iterable(routes.farms().entrySet())
        .onItem()
        .transformToUniAndConcatenate(
            farm ->
                client
                    .status(farm.getKey())
                    .map(
                        status ->
                            GridStatus.browsers(status, LABEL, farm.getKey(), farm.getValue()))
                    .onFailure(WebDriverException.class)
                    .recoverWithItem(List.of()))
        .collect()
        .asList()
        .map(lists -> lists.stream().flatMap(List::stream).toList());
  }

  /** Whether the farm that opened a browser is still one of those in the settings. */
  boolean isOurs(Browser browser) {
    return routes.farms().containsKey(browser.remote().endpoint());
  }

  /** Whether none is full; one that does not say, or not now, is not. */
  Uni<Boolean> hasRoom() {
    return Multi.createFrom()
        .iterable(routes.farms().keySet())
        .onItem()
        .transformToUniAndConcatenate(
            farm ->
                client
                    .status(farm)
                    .map(GridStatus::isFull)
                    .onFailure(WebDriverException.class)
                    .recoverWithItem(false))
        .collect()
        .asList()
        .map(full -> !full.contains(true));
  }

  /** Closes a browser; one that is gone already is closed. */
  Uni<Void> close(Browser browser) {
    return client.close(browser.remote());
  }

  /** The same, for where a failure to close must not hide another one. */
  Uni<Void> closeQuietly(Browser browser) {
    return closeQuietly(browser.remote());
  }

  private Uni<Void> closeQuietly(Remote remote) {
    return client
        .close(remote)
        .onFailure()
        .invoke(e -> LOG.warnf("a browser was not closed: %s", e.getMessage()))
        .onFailure()
        .recoverWithNull();
  }
}
