package ai.pathbound.identities.connect;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * Which URLs a tenant may name for the page: written so that every parser of RFC 3986 and of
 * browsers (WHATWG URL) finds the same host in them.
 */
public final class TenantUrl {
  private static final int LONGEST = 2048;
  // No character that browsers drop, mend or take for a slash.
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._~:/?&=%+,;@!$'()*\\[\\]-]+");
  private static final Pattern HOST =
      Pattern.compile(
          "(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]*[a-z0-9]");
  private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}");

  private TenantUrl() {}

  /**
   * Whether {@code text} is an https URL with a name of the public DNS for its host.
   *
   * @param local whether this machine will do as well, by http or https
   */
  public static boolean isFit(String text, boolean local) {
    if (text.length() > LONGEST || !PLAIN.matcher(text).matches()) {
      return false;
    }
    try {
      URI url = new URI(text).parseServerAuthority();
      String host = url.getHost();
      boolean https = "https".equals(url.getScheme());
      boolean reachable =
          host != null
              && (https && HOST.matcher(host).matches()
                  || local && (https || "http".equals(url.getScheme())) && ThisMachine.is(host));
      // As written: nothing but the host and a port may stand between the slashes.
      return reachable
          && text.startsWith(url.getScheme() + "://" + host)
          && (url.getPort() == -1 || url.getPort() >= 1 && url.getPort() <= 65_535)
          && (url.getRawAuthority().equals(host)
              || PORT.matcher(url.getRawAuthority().substring(host.length())).matches());
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
