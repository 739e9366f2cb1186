package ai.pathbound.identities.login.connector.webdriver;

import java.net.URI;
import java.util.List;

/** A browser farm on this machine that a test starts for itself. */
interface LocalFarm extends AutoCloseable {
  /** Where it takes WebDriver commands. */
  URI endpoint();

  /** The processes of its browsers, those among them that left their parent. */
  List<ProcessHandle> browserProcesses();

  /** Takes a picture of every open browser, for who wants to see why a test failed. */
  default void screenshots(String test) {}

  @Override
  void close();
}
