package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.connect.ConnectClient.Made;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** Requests beside the browser's: as many answers of a link as are held, and looks without end. */
final class HeldAnswers implements AutoCloseable {
  private static final int OF_A_LINK = 4;
  private static final Pattern WAITING =
      Pattern.compile("(?m)^identities_connect_waiting(?:\\{[^}]*})? (\\d+)");

  private final List<Socket> sockets = new ArrayList<>();

  private HeldAnswers() {}

  /** Has all answers held that are held for a link, until its page shows another version. */
  static HeldAnswers of(int port, Made link, String cookie, String version) {
    HeldAnswers held = new HeldAnswers();
    int before = waiting();
    String path = PageBrowser.page(link) + "/events" + PageResource.AFTER_QUERY + version;
    for (int i = 0; i < OF_A_LINK; i++) {
      Socket socket = socket(port, "127.0.0.1");
      send(
          socket,
          "GET "
              + path
              + " HTTP/1.1\r\nHost: localhost\r\nCookie: "
              + PageBrowser.cookieName(link)
              + "="
              + cookie
              + "\r\n\r\n");
      held.sockets.add(socket);
    }
    Awaitility.await().until(() -> waiting() >= before + OF_A_LINK);
    return held;
  }

  private static int waiting() {
    Matcher gauge = WAITING.matcher(RestAssured.get("/q/metrics").asString());
    return gauge.find() ? Integer.parseInt(gauge.group(1)) : 0;
  }

  /** Looks at a link so often, from that address of this machine. */
  static void ask(int port, String from, Made link, int times) {
    try (Socket socket = socket(port, from)) {
      String request = "GET " + PageBrowser.path(link) + " HTTP/1.1\r\nHost: localhost\r\n";
      send(socket, (request + "\r\n").repeat(times - 1) + request + "Connection: close\r\n\r\n");
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Socket socket(int port, String from) {
    try {
      return new Socket(InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName(from), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void send(Socket socket, String request) {
    try {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Awaitility.await().until(() -> waiting() == 0);
  }
}
