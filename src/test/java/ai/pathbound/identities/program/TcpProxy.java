package ai.pathbound.identities.program;

import ai.pathbound.identities.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The network between a program and its database, as a TCP proxy that can be cut. */
final class TcpProxy implements AutoCloseable {
  private final int target;
  private final int port;
  private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
  private ServerSocket entrance;
  private Thread porter;
  private boolean silent;

  /** To that port of this machine. */
  TcpProxy(int target) {
    this.target = target;
    port = FreePort.any();
    try {
      restore();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it is entered, at {@code localhost}. */
  int port() {
    return port;
  }

  /** The environment of a program that reaches the database through this. */
  Map<String, String> between(ProductionEnvironment surroundings) {
    return surroundings.environmentVia(port);
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
    awaitPorter();
    breakAll();
  }

  /** As long as it has not seen that the entrance is closed, the port is taken. */
  private void awaitPorter() {
    try {
      porter.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Lets connections in again. */
  final void restore() throws IOException {
    entrance = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    porter = accept(entrance);
  }

  private void breakAll() {
    for (Socket end : ends) {
      closeQuietly(end);
    }
  }

  private Thread accept(ServerSocket open) {
    return thread(
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

  private static Thread thread(Pumping pumping) {
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
            "tcp-proxy");
    thread.setDaemon(true);
    thread.start();
    return thread;
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
    refuse();
  }
}
