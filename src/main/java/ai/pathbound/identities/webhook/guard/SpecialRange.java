package ai.pathbound.identities.webhook.guard;

import java.util.Arrays;
import java.util.List;

/**
 * Addresses that belong to no single server on the public internet. Sources: the IANA IPv4
 * Special-Purpose Address Registry and the IANA IPv6 Special-Purpose Address Registry (both of RFC
 * 6890 and RFC 8190), the IANA multicast and IPv6 address space registries, and the makers of
 * clouds for what their machines find at global addresses. The few blocks of the registries that
 * are globally reachable but belong to no single server (anycast for protocols) are refused with
 * the blocks they lie in.
 */
enum SpecialRange {
  THIS_NETWORK("0.0.0.0/8", "RFC 791, section 3.2"),
  PRIVATE_10("10.0.0.0/8", "RFC 1918"),
  SHARED("100.64.0.0/10", "RFC 6598: carrier-grade NAT; Alibaba's metadata"),
  LOOPBACK("127.0.0.0/8", "RFC 1122, section 3.2.1.3"),
  LINK_LOCAL("169.254.0.0/16", "RFC 3927: metadata of AWS, Azure, Google and others"),
  PRIVATE_172("172.16.0.0/12", "RFC 1918"),
  PROTOCOL_ASSIGNMENTS("192.0.0.0/24", "RFC 6890, section 2.1; Oracle's metadata"),
  DOCUMENTATION_1("192.0.2.0/24", "RFC 5737"),
  AS112_V4("192.31.196.0/24", "RFC 7535"),
  AMT("192.52.193.0/24", "RFC 7450"),
  RELAY_6TO4("192.88.99.0/24", "RFC 7526: deprecated 6to4 relays"),
  PRIVATE_192("192.168.0.0/16", "RFC 1918"),
  AS112_DIRECT("192.175.48.0/24", "RFC 7534"),
  BENCHMARKING("198.18.0.0/15", "RFC 2544"),
  DOCUMENTATION_2("198.51.100.0/24", "RFC 5737"),
  DOCUMENTATION_3("203.0.113.0/24", "RFC 5737"),
  MULTICAST("224.0.0.0/4", "RFC 5771"),
  RESERVED("240.0.0.0/4", "RFC 1112, section 4; with the broadcast address of RFC 8190"),
  AZURE("168.63.129.16/32", "Azure: the platform's own address, seen from every machine"),

  // Of IPv6 only 2000::/3 is assigned as global unicast (RFC 4291, IANA IPv6 Address Space). The
  // three ranges are all else: unspecified, loopback, IPv4-compatible and IPv4-mapped addresses,
  // NAT64 (64:ff9b::/96, 64:ff9b:1::/48), discard (100::/64), SRv6 SIDs (5f00::/16), unique local
  // (fc00::/7), link-local (fe80::/10), site-local (fec0::/10), multicast (ff00::/8).
  BELOW_GLOBAL_UNICAST("::/3", "RFC 4291; RFC 6052 and RFC 8215: NAT64; RFC 6666"),
  ABOVE_GLOBAL_UNICAST("4000::/2", "RFC 4291; RFC 9602"),
  UPPER_HALF("8000::/1", "RFC 4291; RFC 4193: unique local, with metadata; RFC 3879"),
  PROTOCOL_ASSIGNMENTS_V6("2001::/23", "RFC 2928: Teredo, ORCHID, benchmarking and others"),
  DOCUMENTATION_V6("2001:db8::/32", "RFC 3849"),
  IPV4_6TO4("2002::/16", "RFC 3056: an IPv4 address inside"),
  AS112_V6("2620:4f:8000::/48", "RFC 7534"),
  DOCUMENTATION_V6_NEW("3fff::/20", "RFC 9637");

  private final String cidr;

  /**
   * @param cidr the range
   * @param source where it is said what it is for
   */
  SpecialRange(String cidr, String source) {
    if (source.isBlank()) {
      throw new IllegalArgumentException(cidr);
    }
    this.cidr = cidr;
  }

  /** All of them. */
  static List<Network> networks() {
    return Arrays.stream(values()).map(range -> Network.parse(range.cidr).orElseThrow()).toList();
  }
}
