package ai.pathbound.identities.login.connector.webdriver;

import static org.awaitility.Awaitility.await;

import io.vertx.mutiny.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A farm for the tests of a class; after the last one no process of a browser may be left. */
final class FarmExtension<F extends LocalFarm>
    implements BeforeAllCallback, AfterAllCallback, AfterTestExecutionCallback {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Supplier<F> starting;
  private F farm;
  private Vertx vertx;

  FarmExtension(Supplier<F> starting) {
    this.starting = starting;
  }

  F farm() {
    return farm;
  }

  /** A connector with those settings. */
  WebDriverConnector connector(WebDriverSetup setup) {
    return new WebDriverConnector(setup.settings(), vertx);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    farm = starting.get();
    vertx = Vertx.vertx();
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
      await().atMost(PATIENCE).until(() -> closing.browserProcesses().isEmpty());
    } finally {
      vertx.closeAndAwait();
      vertx = null;
    }
  }
}
