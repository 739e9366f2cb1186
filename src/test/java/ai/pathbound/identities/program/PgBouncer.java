package ai.pathbound.identities.program;

import ai.pathbound.identities.FreePort;
import ai.pathbound.identities.login.connector.webdriver.RequiredTools;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A PgBouncer in transaction mode before a database, as docs/operations.md says: TLS and SCRAM on
 * both sides, and no password on its own host. It has few connections, so that clients share them.
 */
final class PgBouncer implements AutoCloseable {
  private static final String SETTINGS =
      """
      [databases]
      identities = host=localhost port=%1$d dbname=identities
      [pgbouncer]
      listen_addr = 127.0.0.1
      listen_port = %2$d
      unix_socket_dir =
      pool_mode = transaction
      default_pool_size = 4
      max_client_conn = 200
      auth_type = scram-sha-256
      auth_file = %3$s
      client_tls_sslmode = require
      client_tls_cert_file = %4$s
      client_tls_key_file = %5$s
      server_tls_sslmode = verify-full
      server_tls_ca_file = %6$s
      """;

  private final Process process;
  private final Path log;
  private final int port;

  private PgBouncer(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  static PgBouncer before(TlsDatabase database) throws Exception {
    Path program = RequiredTools.require("pgbouncer");
    Certificates files = database.certificates();
    int port = FreePort.any();
    Path users =
        files.file(
            "userlist.txt", "\"%s\" \"%s\"%n".formatted(TlsDatabase.SERVICE, database.verifier()));
    Path settings =
        files.file(
            "pgbouncer.ini",
            SETTINGS.formatted(
                database.port(),
                port,
                users,
                files.certificate("server"),
                files.key("server"),
                files.certificate("ca")));
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      // It refuses to be root.
      command.addAll(List.of("unshare", "--user"));
    }
    command.addAll(List.of(program.toString(), settings.toString()));
    Path log =
        Files.createDirectories(Path.of("target", "programs"))
            .resolve("pgbouncer-" + port + ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    PgBouncer bouncer = new PgBouncer(process, log, port);
    try {
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(bouncer::listens);
    } catch (RuntimeException e) {
      bouncer.close();
      throw new IllegalStateException(bouncer.log(), e);
    }
    return bouncer;
  }

  private boolean listens() {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Where it listens, at {@code localhost}. */
  int port() {
    return port;
  }

  /** Everything it has printed. */
  String log() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
