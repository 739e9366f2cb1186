package ai.pathbound.identities;

import ai.pathbound.identities.openapi.AnswerFilter;
import io.restassured.RestAssured;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What holds for every test: the {@link AnswerFilter} is put before each of its requests, and what
 * it awaits without saying how long may take a minute, since a machine that builds may stand still
 * for seconds. JUnit finds it as a service (Quarkus switches that on).
 */
public final class EveryTestExtension implements BeforeAllCallback {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Override
  public void beforeAll(ExtensionContext context) throws ReflectiveOperationException {
    // Tests of a running application have a class loader of their own, and these settings are
    // static.
    Class.forName(Installer.class.getName(), true, context.getRequiredTestClass().getClassLoader())
        .getMethod("install")
        .invoke(null);
  }

  /** Runs among the classes of the test. */
  public static final class Installer {
    private Installer() {}

    /** Sets the one filter that all requests have, and the patience. */
    public static void install() {
      RestAssured.replaceFiltersWith(List.of(new AnswerFilter()));
      Awaitility.setDefaultTimeout(PATIENCE);
    }
  }
}
