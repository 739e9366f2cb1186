package ai.pathbound.identities.webhook.guard;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A range of addresses, as CIDR (RFC 4632, RFC 4291) writes it.
 *
 * @param bytes its first address: 4 bytes or 16
 * @param prefix how many bits of it all its addresses share
 */
record Network(byte[] bytes, int prefix) {
  /** Reads {@code 10.0.0.0/8} or {@code fc00::/7}; a single address is a range of one. */
  static Optional<Network> parse(String cidr) {
    String[] parts = cidr.strip().split("/", -1);
    boolean numeric = parts.length == 1 || parts[1].matches("[0-9]{1,3}");
    if (parts.length > 2 || !numeric) {
      return Optional.empty();
    }
    return HostNotation.literal(parts[0])
        .map(InetAddress::getAddress)
        .flatMap(address -> of(address, parts.length == 1 ? null : parts[1]));
  }

  private static Optional<Network> of(byte[] address, String prefix) {
    int bits = prefix == null ? address.length * Byte.SIZE : Integer.parseInt(prefix);
    return bits <= address.length * Byte.SIZE
        ? Optional.of(new Network(address, bits))
        : Optional.empty();
  }

  boolean contains(byte[] address) {
    if (address.length != bytes.length) {
      return false;
    }
    int whole = prefix / Byte.SIZE;
    int rest = prefix % Byte.SIZE;
    if (!Arrays.equals(address, 0, whole, bytes, 0, whole)) {
      return false;
    }
    int mask = 0xff00 >> rest & 0xff;
    return rest == 0 || (address[whole] & mask) == (bytes[whole] & mask);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network that
        && prefix == that.prefix
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(bytes) + prefix;
  }

  @Override
  public String toString() {
    try {
      return InetAddress.getByAddress(bytes).getHostAddress() + "/" + prefix;
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
