package ai.pathbound.identities;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client's stream on a bare socket: cheap enough for thousands of them, and easily broken. */
public final class SocketStream implements AutoCloseable {
  private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(60).toMillis();

  private final Socket socket;
  private final StringBuilder unread = new StringBuilder();

  private SocketStream(Socket socket) {
    this.socket = socket;
  }

  /** Asks a server of this machine for a stream; waits for nothing. */
  public static SocketStream ask(int port, String path, String token) {
    return ask(port, path, token, "HTTP/1.1");
  }

  /** Asks for a stream by an older HTTP, in which the client would keep the connection. */
  public static SocketStream askByHttp10(int port, String path, String token) {
    return ask(port, path, token, "HTTP/1.0");
  }

  private static SocketStream ask(int port, String path, String token, String version) {
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(PATIENCE_MILLIS);
      String request =
          String.join(
              "\r\n",
              "GET " + path + " " + version,
              "Host: localhost",
              "Connection: keep-alive",
              "Authorization: Bearer " + token,
              "Accept: text/event-stream",
              "",
              "");
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new SocketStream(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks for a stream, and waits for its first event. */
  public static SocketStream open(int port, String path, String token) {
    SocketStream stream = ask(port, path, token);
    stream.await("event: login");
    stream.await("\n\n");
    return stream;
  }

  /** Waits until that text has come, behind what was waited for before. */
  public void await(String text) {
    byte[] some = new byte[4096];
    try {
      for (int at = unread.indexOf(text); ; at = unread.indexOf(text)) {
        if (at >= 0) {
          unread.delete(0, at + text.length());
          return;
        }
        int read = socket.getInputStream().read(some);
        if (read < 0) {
          throw new AssertionError("it ended before " + text + ": " + unread);
        }
        unread.append(new String(some, 0, read, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the connection has ended. */
  public void awaitEnd() {
    try {
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Breaks the connection without a farewell, as a client does that crashes. */
  public void reset() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
