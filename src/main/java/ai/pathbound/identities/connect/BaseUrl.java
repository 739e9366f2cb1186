package ai.pathbound.identities.connect;

import java.net.URI;
import java.util.Optional;

/** Reads {@code identities.connect.base-url}: an origin (RFC 6454) that cookies can be kept to. */
public final class BaseUrl {
  private BaseUrl() {}

  /**
   * The origin, without a slash at its end.
   *
   * @throws IllegalArgumentException with the end of a sentence about the setting, where it is
   *     unfit
   */
  public static String parse(String text) {
    String given = text.strip();
    URI url = uri(given).orElseThrow(() -> unfit("is no URL"));
    if (!"https".equals(url.getScheme()) && !"http".equals(url.getScheme())) {
      throw unfit("must begin with https://");
    }
    if (url.getHost() == null
        || url.getRawUserInfo() != null
        || url.getRawQuery() != null
        || url.getRawFragment() != null
        || !(url.getRawPath().isEmpty() || url.getRawPath().equals("/"))) {
      throw unfit("must be a scheme, a host and perhaps a port: https://connect.example.com");
    }
    if ("http".equals(url.getScheme()) && !ThisMachine.is(url.getHost())) {
      throw unfit("sends passwords over http to another machine: use https");
    }
    return given.endsWith("/") ? given.substring(0, given.length() - 1) : given;
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
