package ai.pathbound.identities.program;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The network between a program and its database, as a TCP proxy that can be cut. */
final class Wire implements AutoCloseable {
  private final int target;
  private final int port;
  private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
  private volatile ServerSocket entrance;
  private boolean silent;

  /** To that port of this machine. */
  Wire(int target) {
    this.target = target;
    try {
      entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      port = entrance.getLocalPort();
      accept(entrance);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  /** From now on nothing arrives, and nobody is told: a partition. */
  synchronized void silence() {
    silent = true;
  }

  /** What was on its way arrives, late. */
  synchronized void heal() {
    silent = false;
    notifyAll();
  }

  /** Breaks every connection, and refuses new ones: a database that is down. */
  void refuse() throws IOException {
    entrance.close();
    breakAll();
  }

  /** Lets connections in again. */
  void restore() throws IOException {
    entrance = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    accept(entrance);
  }

  private void breakAll() {
    for (Socket end : ends) {
      closeQuietly(end);
    }
  }

  private void accept(ServerSocket open) {
    thread(
        () -> {
          while (true) {
            Socket client = open.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            ends.add(client);
            ends.add(server);
            thread(() -> pump(client, server));
            thread(() -> pump(server, client));
          }
        });
  }

  private void pump(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      from.setTcpNoDelay(true);
      to.setTcpNoDelay(true);
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[16 * 1024];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        awaitSound();
        out.write(buffer, 0, count);
      }
      awaitSound();
    } finally {
      ends.remove(from);
      ends.remove(to);
    }
  }

  private synchronized void awaitSound() throws IOException {
    while (silent) {
      try {
        wait();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  private interface Pumping {
    void run() throws IOException;
  }

  private static void thread(Pumping pumping) {
    Thread thread =
        new Thread(
            () -> {
              try {
                pumping.run();
              } catch (IOException e) {
                // An end was closed, as ends are.
                return;
              }
            },
            "wire");
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // It was closed already.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    heal();
    entrance.close();
    breakAll();
  }
}
