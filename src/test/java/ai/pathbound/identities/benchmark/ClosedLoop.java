package ai.pathbound.identities.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * Clients over HTTP/1.1 that each send a request, read the answer to its end, and send again. One
 * thread drives all of them, and takes no answer apart beyond its length: what it costs is small
 * beside what it measures, on the same machine.
 */
final class ClosedLoop {
  private static final int LARGEST_ANSWER = 256 * 1024;
  private static final String LENGTH = "content-length:";
  private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

  private final byte[] request;
  private long[] nanos = new long[1 << 16];
  private int answers;
  private int refused;

  private ClosedLoop(byte[] request) {
    this.request = request;
  }

  /**
   * What was seen.
   *
   * @param perSecond answers a second
   * @param p50 the median of an answer's time, in milliseconds
   * @param p99 its 99th percentile, in milliseconds
   * @param refused answers of another status than 2xx
   */
  record Result(double perSecond, double p50, double p99, int refused) {}

  /** Has {@code clients} send {@code request} to this machine's {@code port} for that long. */
  static Result run(int port, String request, int clients, Duration time) throws IOException {
    return new ClosedLoop(request.getBytes(StandardCharsets.ISO_8859_1)).run(port, clients, time);
  }

  /** One client: what it has yet to send, and what it has read. */
  private final class Client {
    private final SocketChannel channel;
    private final ByteBuffer out = ByteBuffer.wrap(request);
    private final ByteBuffer in = ByteBuffer.allocate(LARGEST_ANSWER);
    private long begun = System.nanoTime();
    private int end = -1;

    Client(SocketChannel channel) {
      this.channel = channel;
    }

    void send() throws IOException {
      out.clear();
      in.clear();
      end = -1;
      begun = System.nanoTime();
      while (out.hasRemaining()) {
        channel.write(out);
      }
    }

    /** Reads what is there; whether the answer is complete. */
    boolean read() throws IOException {
      if (channel.read(in) < 0) {
        throw new IOException("a connection was closed");
      }
      if (end < 0) {
        end = endOfAnswer();
      }
      return end >= 0 && in.position() >= end;
    }

    private int endOfAnswer() {
      byte[] bytes = in.array();
      for (int i = 0; i + END_OF_HEAD.length <= in.position(); i++) {
        if (Arrays.equals(bytes, i, i + END_OF_HEAD.length, END_OF_HEAD, 0, END_OF_HEAD.length)) {
          String head =
              new String(bytes, 0, i + 2, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
          int at = head.indexOf(LENGTH) + LENGTH.length();
          int length = Integer.parseInt(head.substring(at, head.indexOf('\r', at)).strip());
          return i + END_OF_HEAD.length + length;
        }
      }
      return -1;
    }

    boolean isRefused() {
      // HTTP/1.1 200
      return in.array()[9] != '2';
    }
  }

  private Result run(int port, int clients, Duration time) throws IOException {
    long begun = System.nanoTime();
    long end = begun + time.toNanos();
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < clients; i++) {
        SocketChannel channel =
            SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.configureBlocking(false);
        Client client = new Client(channel);
        channel.register(selector, SelectionKey.OP_READ, client);
        client.send();
      }
      while (System.nanoTime() < end) {
        selector.select(key -> proceed((Client) key.attachment()), 100);
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
    }
    return result(System.nanoTime() - begun);
  }

  private void proceed(Client client) {
    try {
      if (client.read()) {
        seen(client);
        client.send();
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void seen(Client client) {
    if (answers == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * nanos.length);
    }
    nanos[answers++] = System.nanoTime() - client.begun;
    if (client.isRefused()) {
      refused++;
    }
  }

  private Result result(long took) {
    long[] sorted = Arrays.copyOf(nanos, answers);
    Arrays.sort(sorted);
    return new Result(
        answers * 1e9 / took,
        millis(sorted, 0.5),
        millis(sorted, 0.99),
        answers == 0 ? 1 : refused);
  }

  private static double millis(long[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))] / 1e6;
  }
}
