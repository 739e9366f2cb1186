package ai.pathbound.identities.login.connector.webdriver;

import static org.awaitility.Awaitility.await;

import io.vertx.mutiny.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A farm for the tests of a class; after the last one no process of a browser may be left. Where a
 * test is about pages, its browsers may be {@linkplain #ofReused reused}.
 */
final class FarmExtension<F extends LocalFarm>
    implements BeforeAllCallback, AfterAllCallback, AfterTestExecutionCallback {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Supplier<F> starting;
  private final boolean reuses;
  private F farm;
  private Vertx vertx;
  private ReusedBrowsers reused;

  FarmExtension(Supplier<F> starting) {
    this(starting, false);
  }

  private FarmExtension(Supplier<F> starting, boolean reuses) {
    this.starting = starting;
    this.reuses = reuses;
  }

  /** One whose {@link #endpoint} hands a browser out again once it was given back. */
  static <F extends LocalFarm> FarmExtension<F> ofReused(Supplier<F> starting) {
    return new FarmExtension<>(starting, true);
  }

  /** The farm itself. */
  F farm() {
    return farm;
  }

  /** Where a connector gets its browsers. */
  URI endpoint() {
    return reused == null ? farm.endpoint() : reused.endpoint();
  }

  /** The browsers that are reused and were not given back. */
  List<String> handedOut() {
    return reused.handedOut();
  }

  /** A connector with those settings. */
  WebDriverConnector connector(WebDriverSetup setup) {
    return new WebDriverConnector(setup.settings(), vertx);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    farm = starting.get();
    vertx = Vertx.vertx();
    if (reuses) {
      reused = new ReusedBrowsers(vertx.getDelegate(), farm.endpoint());
    }
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      farm.screenshots(context.getRequiredTestMethod().getName());
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (vertx == null) {
      // The farm did not start.
      return;
    }
    try (F closing = farm) {
      if (reused != null) {
        reused.close();
      }
      await().atMost(PATIENCE).until(() -> closing.browserProcesses().isEmpty());
    } finally {
      vertx.closeAndAwait();
      vertx = null;
      reused = null;
    }
  }
}
