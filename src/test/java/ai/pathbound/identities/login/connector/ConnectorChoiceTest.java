package ai.pathbound.identities.login.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.pathbound.identities.login.LoginSettingsOf;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Instance;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectorChoiceTest {
  private static final LinkedInConnector ONE = fake(LinkedInConnector.class, Map.of());
  private static final LinkedInConnector OTHER = fake(LinkedInConnector.class, Map.of());

  @Test
  void theConnectorThatIsNamedIsChosen() {
    assertSame(ONE, choiceOf("one").chosen());
    assertSame(OTHER, choiceOf("other").chosen());
  }

  @Test
  void aNameThatNoConnectorHasStopsTheStartWithOneSentence() {
    assertEquals(
        "identities.linkedin.connector is 'none': use sandbox or webdriver.",
        assertThrows(ConfigurationException.class, () -> choiceOf("none").chosen()).getMessage());
  }

  @Test
  void noNameStopsTheStartWithOneSentence() {
    assertEquals(
        "identities.linkedin.connector is not set: use sandbox or webdriver.",
        assertThrows(ConfigurationException.class, () -> choiceOf(null).chosen()).getMessage());
  }

  private static ConnectorChoice choiceOf(String name) {
    return new ConnectorChoice(
        LoginSettingsOf.values(
            name == null ? Map.of() : Map.of("identities.linkedin.connector", name)),
        connectors(Map.of("one", ONE, "other", OTHER)));
  }

  @SuppressWarnings("unchecked")
  private static Instance<LinkedInConnector> connectors(Map<String, LinkedInConnector> byName) {
    return (Instance<LinkedInConnector>)
        Proxy.newProxyInstance(
            ConnectorChoiceTest.class.getClassLoader(),
            new Class<?>[] {Instance.class},
            (proxy, method, arguments) -> {
              Identifier named = (Identifier) ((Annotation[]) arguments[0])[0];
              LinkedInConnector found = byName.get(named.value());
              return found == null
                  ? fake(Instance.class, Map.of("isResolvable", false))
                  : fake(Instance.class, Map.of("isResolvable", true, "get", found));
            });
  }

  private static <T> T fake(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            ConnectorChoiceTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answers.get(method.getName())));
  }
}
