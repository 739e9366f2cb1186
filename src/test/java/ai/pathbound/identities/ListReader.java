package ai.pathbound.identities;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A client that reads a list by HTTP/1.1, as fast or as slowly as the test wants it: next to
 * nothing is buffered on its side, so that the service notices.
 */
public final class ListReader implements AutoCloseable {
  private static final int WINDOW = 8 * 1024;
  private static final String CHUNKED = "transfer-encoding: chunked";

  private final Socket socket = new Socket();
  private final InputStream in;
  private final String head;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  /** Asks for all identities of a tenant; returns with the head of the answer. */
  public ListReader(int port, String tenant) throws IOException {
    socket.setReceiveBufferSize(WINDOW);
    socket.connect(new InetSocketAddress("localhost", port));
    in = new BufferedInputStream(socket.getInputStream(), WINDOW);
    String request =
        String.join(
            "\r\n",
            "GET " + Client.IDENTITIES + " HTTP/1.1",
            "Host: localhost",
            "Authorization: Bearer " + Tokens.of(tenant, "reader", Tokens.BOTH),
            "",
            "");
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    StringBuilder lines = new StringBuilder();
    for (String line = line(); !line.isEmpty(); line = line()) {
      lines.append(line).append('\n');
    }
    head = lines.toString();
  }

  /** The status line and the headers. */
  public String head() {
    return head;
  }

  /** Reads one chunk more; whether there was one. The last one, which is empty, is none. */
  public boolean readChunk() throws IOException {
    if (!head.toLowerCase(java.util.Locale.ROOT).contains(CHUNKED)) {
      throw new IllegalStateException("it is not sent in chunks: " + head);
    }
    int length = Integer.parseInt(line(), 16);
    body.write(exactly(length));
    if (!line().isEmpty()) {
      throw new IOException("a chunk is longer than it says");
    }
    return length > 0;
  }

  /** Reads what is left; whether it ends as a body ends that is whole. */
  public boolean readsToItsEnd() {
    try {
      while (readChunk()) {
        // The body grows.
      }
      return true;
    } catch (IOException broken) {
      return false;
    }
  }

  /** Reads bytes as they come over the wire, so many at most; how many there were, -1: none. */
  public int skip(int most) throws IOException {
    return in.read(new byte[most]);
  }

  /** What of the body has been read in chunks. */
  public String body() {
    return body.toString(StandardCharsets.UTF_8);
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("it ends inside a chunk");
    }
    return bytes;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("it ends inside a line");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  /** Closes the connection, whatever was not read. */
  public void hangUp() throws IOException {
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
