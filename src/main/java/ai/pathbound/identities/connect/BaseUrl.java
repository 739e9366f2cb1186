package ai.pathbound.identities.connect;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code identities.connect.base-url}: an origin (RFC 6454) that cookies can be kept to. */
public final class BaseUrl {
  private static final Map<String, Integer> PORTS = Map.of("https", 443, "http", 80);

  private BaseUrl() {}

  /**
   * The origin as browsers write it (WHATWG URL): without a slash at its end, in lower case and
   * without the scheme's own port.
   *
   * @throws IllegalArgumentException with the end of a sentence about the setting, where it is
   *     unfit
   */
  public static String parse(String text) {
    String given = text.strip();
    URI url = uri(given).orElseThrow(() -> unfit("is no URL"));
    String scheme = url.getScheme().toLowerCase(Locale.ROOT);
    if (!PORTS.containsKey(scheme)) {
      throw unfit("must begin with https://");
    }
    if (url.getHost() == null
        || url.getRawUserInfo() != null
        || url.getRawQuery() != null
        || url.getRawFragment() != null
        || !(url.getRawPath().isEmpty() || url.getRawPath().equals("/"))) {
      throw unfit("must be a scheme, a host and perhaps a port: https://connect.example.com");
    }
    String host = url.getHost().toLowerCase(Locale.ROOT);
    if ("http".equals(scheme) && !ThisMachine.is(host)) {
      throw unfit("sends passwords over http to another machine: use https");
    }
    boolean own = url.getPort() == -1 || url.getPort() == PORTS.get(scheme);
    return scheme + "://" + host + (own ? "" : ":" + url.getPort());
  }

  private static Optional<URI> uri(String text) {
    try {
      URI url = URI.create(text);
      return url.isAbsolute() && !url.isOpaque() ? Optional.of(url) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static IllegalArgumentException unfit(String why) {
    return new IllegalArgumentException(why);
  }
}
