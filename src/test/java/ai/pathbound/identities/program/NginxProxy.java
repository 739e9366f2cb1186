package ai.pathbound.identities.program;

import ai.pathbound.identities.FreePort;
import ai.pathbound.identities.login.connector.webdriver.RequiredTools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Debian's nginx in front of one program, with nothing set that it does not need to start. */
final class NginxProxy implements AutoCloseable {
  private static final String CONFIGURATION =
      """
      daemon off;
      master_process off;
      pid %1$s/nginx.pid;
      events {}
      http {
        access_log off;
        client_body_temp_path %1$s/body;
        proxy_temp_path %1$s/proxy;
        fastcgi_temp_path %1$s/fastcgi;
        uwsgi_temp_path %1$s/uwsgi;
        scgi_temp_path %1$s/scgi;
        server {
          listen 127.0.0.1:%2$d;
          location / { proxy_pass %3$s; }
        }
      }
      """;

  private final Process process;
  private final int port = FreePort.any();

  /** Passes everything on to {@code upstream}; listens when this returns. */
  NginxProxy(String upstream) {
    Path program = RequiredTools.require("nginx");
    try {
      Path folder = Files.createTempDirectory("identities-nginx");
      Path file =
          Files.writeString(
              folder.resolve("nginx.conf"), CONFIGURATION.formatted(folder, port, upstream));
      process =
          new ProcessBuilder(program.toString(), "-p", folder.toString(), "-c", file.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(this::listens);
  }

  private boolean listens() {
    if (!process.isAlive()) {
      throw new IllegalStateException("nginx has ended");
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
