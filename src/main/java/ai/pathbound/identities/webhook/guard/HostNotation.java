package ai.pathbound.identities.webhook.guard;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a URL's host may be written: as a name of letters, digits and hyphens (RFC 1123), as four
 * decimal numbers (RFC 3986, {@code IPv4address}), or as an IPv6 address in brackets. Other
 * notations that URL parsers take (WHATWG URL: decimal, octal and hexadecimal numbers, fewer than
 * four parts, full-width digits and dots, percent-encoding, zone ids, a dot at the end) are taken
 * for nothing: two parsers could read them as two hosts.
 */
final class HostNotation {
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
  private static final Pattern LABEL =
      Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
  // What ends in a number is an address to the WHATWG's parser, in whatever notation.
  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9A-Fa-f]*");
  private static final int LONGEST_NAME = 253;

  private HostNotation() {}

  /** Whether {@code host}, as a URL holds it, is written in one of the three ways. */
  static boolean isPlain(String host) {
    if (host.startsWith("[") && host.endsWith("]")) {
      return literal(host.substring(1, host.length() - 1)).isPresent();
    }
    return IPV4.matcher(host).matches() || isName(host);
  }

  private static boolean isName(String host) {
    String[] labels = host.split("\\.", -1);
    if (host.length() > LONGEST_NAME || NUMBER.matcher(labels[labels.length - 1]).matches()) {
      return false;
    }
    for (String label : labels) {
      if (!LABEL.matcher(label).matches()) {
        return false;
      }
    }
    return true;
  }

  /** The address that {@code text} is, without brackets; empty for a name or anything else. */
  static Optional<InetAddress> literal(String text) {
    if (!IPV4.matcher(text).matches() && !(text.contains(":") && IPV6.matcher(text).matches())) {
      return Optional.empty();
    }
    try {
      // Nothing is resolved: it is an address by its form. An IPv4 address in IPv6's clothes
      // (IPv4-mapped, RFC 4291, section 2.5.5.2) comes out as what it is, and is none to send to.
      return Optional.of(InetAddress.getByName(text))
          .filter(address -> text.contains(":") == address instanceof Inet6Address);
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
