package ai.pathbound.identities.webhook.guard;

import java.net.InetAddress;
import java.util.List;

/**
 * Where to send a message: what was checked is what is connected to.
 *
 * @param secure whether by TLS
 * @param host the URL's host, for the Host header, SNI and the certificate; IPv6 without brackets
 * @param port the port
 * @param path the URL's path and query
 * @param addresses the addresses to connect to, one after the other until one takes a connection;
 *     one at least
 */
public record Target(
    boolean secure, String host, int port, String path, List<InetAddress> addresses) {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /** The host, and the port unless it is the scheme's own, as a Host header has them. */
  public String authority() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return port == (secure ? HTTPS : HTTP) ? name : name + ":" + port;
  }

  /** The first of them. */
  public InetAddress address() {
    return addresses.get(0);
  }
}
