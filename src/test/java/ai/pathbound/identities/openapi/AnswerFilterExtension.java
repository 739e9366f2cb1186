package ai.pathbound.identities.openapi;

import io.restassured.RestAssured;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Puts the {@link AnswerFilter} before every request of every test that uses REST Assured. JUnit
 * finds it as a service (Quarkus switches that on).
 */
public final class AnswerFilterExtension implements BeforeAllCallback {
  @Override
  public void beforeAll(ExtensionContext context) throws ReflectiveOperationException {
    // Tests of a running application have a class loader of their own, and REST Assured's settings
    // are static.
    Class.forName(Installer.class.getName(), true, context.getRequiredTestClass().getClassLoader())
        .getMethod("install")
        .invoke(null);
  }

  /** Runs among the classes of the test. */
  public static final class Installer {
    private Installer() {}

    /** Sets the one filter that all requests have. */
    public static void install() {
      RestAssured.replaceFiltersWith(List.of(new AnswerFilter()));
    }
  }
}
