package ai.pathbound.identities.program;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Two authorities, and a certificate of the first for {@code localhost}; made by the JDK's keytool.
 */
public final class Certificates {
  private static final String PASSWORD = "changeit";

  private final Path folder;
  private final Path store;

  /** Makes them, in a folder of their own. */
  public Certificates() throws IOException, InterruptedException {
    folder = Files.createTempDirectory("certificates");
    store = folder.resolve("all.p12");
    make("ca", "-ext", "bc:c");
    make("other", "-ext", "bc:c");
    make("server", "-signer", "ca", "-ext", "san=dns:localhost");
  }

  private void make(String alias, String... more) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(List.of("-genkeypair", "-alias", alias, "-dname", "CN=" + alias));
    command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    command.addAll(List.of(more));
    Path log = folder.resolve(alias + ".log");
    Process keytool =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      throw new IOException(Files.readString(log));
    }
  }

  /** The certificate of that name as a PEM file. */
  public Path certificate(String alias) throws IOException, GeneralSecurityException {
    return pem(alias + ".crt", "CERTIFICATE", read().getCertificate(alias).getEncoded());
  }

  /** The key of that name as a PEM file that nobody else reads. */
  public Path key(String alias) throws IOException, GeneralSecurityException {
    byte[] key = read().getKey(alias, PASSWORD.toCharArray()).getEncoded();
    Path file = pem(alias + ".key", "PRIVATE KEY", key);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private KeyStore read() throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      return keys;
    }
  }

  private Path pem(String file, String what, byte[] content) throws IOException {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return Files.writeString(
        folder.resolve(file),
        "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(what, lines));
  }

  /** A file beside them. */
  Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }
}
