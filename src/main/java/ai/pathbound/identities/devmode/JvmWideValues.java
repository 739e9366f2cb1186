package ai.pathbound.identities.devmode;

import java.util.function.Supplier;

/**
 * Values made once per JVM. They are kept as system properties, which outlive the class loaders of
 * a live reload.
 */
final class JvmWideValues {
  private static final String PREFIX = "ai.pathbound.identities.";

  private JvmWideValues() {}

  static String value(String name, Supplier<String> making) {
    // The one lock that the classes of every class loader share.
    synchronized (Runtime.getRuntime()) {
      String value = System.getProperty(PREFIX + name);
      if (value == null) {
        value = making.get();
        System.setProperty(PREFIX + name, value);
      }
      return value;
    }
  }
}
