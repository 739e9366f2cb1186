package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.connector.webdriver.pages.PageOutline;
import io.micrometer.core.instrument.Metrics;
import io.smallrye.mutiny.Uni;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Tells the operator of pages that the pages file does not describe: an outline in the log, and a
 * counter by its hash, {@code identities.linkedin.unknown.pages}. Beyond so many kinds they are
 * counted together, or a page that is never twice the same would fill the metrics.
 */
final class UnknownPages {
  private static final Logger LOG = Logger.getLogger(UnknownPages.class);
  private static final int MOST_KINDS = 50;

  private final Driver driver;
  private final Set<String> kinds = ConcurrentHashMap.newKeySet();

  UnknownPages(Driver driver) {
    this.driver = driver;
  }

  /** Tells of the page that the browser shows; a page that cannot be read is told of without. */
  Uni<Void> report(Browser browser) {
    return driver
        .look(browser)
        .chain(
            page ->
                page.onOrigin()
                    ? driver.reader().outline(browser.remote()).invoke(this::report)
                    : Uni.createFrom().<PageOutline>nullItem().invoke(none -> elsewhere()))
        .onFailure()
        .invoke(failure -> LOG.warnf("an unknown page without an outline: %s", failure))
        .onFailure()
        .recoverWithNull()
        .replaceWithVoid();
  }

  private void report(PageOutline outline) {
    String hash = outline.hash();
    LOG.warnf("an unknown page of LinkedIn, outline %s: %s", hash, outline.text());
    boolean counts = kinds.size() < MOST_KINDS && kinds.add(hash) || kinds.contains(hash);
    count(counts ? hash : "other");
  }

  private void elsewhere() {
    LOG.warn("an unknown page, elsewhere than at LinkedIn");
    count("elsewhere");
  }

  private static void count(String outline) {
    Metrics.counter("identities.linkedin.unknown.pages", "outline", outline).increment();
  }
}
