package ai.pathbound.identities.login.connector.webdriver.standin;

import java.io.IOException;
import java.time.Clock;

/**
 * Starts the stand-in and a chromedriver for a demonstration, and runs until it is stopped.
 * Arguments: the stand-in's port and chromedriver's, 9500 and 9515 unless told otherwise.
 */
public final class StandInMain {
  private StandInMain() {}

  /** Starts both. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 9500;
    String driverPort = arguments.length > 1 ? arguments[1] : "9515";
    try (StandInLinkedIn linkedIn = new StandInLinkedIn(port, Clock.systemUTC())) {
      linkedIn.shape(LoginShape.BY_TAG);
      Process driver =
          new ProcessBuilder("chromedriver", "--port=" + driverPort)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    driver.descendants().forEach(ProcessHandle::destroy);
                    driver.destroy();
                  }));
      System.out.println("The stand-in for LinkedIn: " + linkedIn.address());
      System.out.println("chromedriver: http://localhost:" + driverPort);
      driver.waitFor();
      throw new IOException("chromedriver ended; is port " + driverPort + " taken?");
    }
  }
}
