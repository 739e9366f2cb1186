package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.time.ClockTimeMeter;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.netty.util.NetUtil;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often one address, and one link, may ask this replica for the page. It slows nobody who waits
 * for a login, and whoever guesses; a token needs no such protection to be safe.
 */
@ApplicationScoped
class PageLimits {
  static final int OF_AN_ADDRESS = 240;
  static final int OF_A_LINK = 120;

  private static final Duration WINDOW = Duration.ofMinutes(1);
  // What an attacker with many addresses makes this replica remember at most.
  static final int MOST_KEPT = 100_000;

  private static final String MAPPED = "00000000000000000000ffff";

  private final TimeMeter time;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  PageLimits(Clock clock) {
    this.time = new ClockTimeMeter(clock);
  }

  /** Counts a request of an address; whether it is within what is allowed. */
  boolean takeOfAddress(String address) {
    return take("address " + network(address), OF_AN_ADDRESS);
  }

  /** Counts a look by a link's token, which many may have; whether it is within what is allowed. */
  boolean takeOfToken(String link) {
    return take("token " + link, OF_A_LINK);
  }

  /** How many are remembered. */
  int size() {
    return buckets.size();
  }

  /** Counts a request of a link's holder; whether it is within what is allowed. */
  boolean takeOfLink(String link) {
    return take("link " + link, OF_A_LINK);
  }

  /**
   * The network that one customer of a provider has to itself: of IPv6 the first 64 bits, but for
   * an address of IPv4 in the form of IPv6 (RFC 4291, section 2.5.5.2).
   */
  static String network(String address) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    if (bytes == null || bytes.length == 4) {
      return address;
    }
    String hex = HexFormat.of().formatHex(bytes);
    return hex.startsWith(MAPPED)
        ? NetUtil.bytesToIpAddress(bytes, MAPPED.length() / 2, 4)
        : hex.substring(0, 16);
  }

  private boolean take(String key, int budget) {
    // Who has so many addresses is slowed by none of them, and shall keep nobody else out.
    if (buckets.size() >= MOST_KEPT && !buckets.containsKey(key)) {
      return true;
    }
    return buckets.computeIfAbsent(key, first -> full(budget)).tryConsume(1);
  }

  private Bucket full(int budget) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(budget).refillGreedy(budget, WINDOW))
        .withCustomTimePrecision(time)
        .build();
  }

  /** Drops full buckets: a full bucket equals a new one. */
  @Scheduled(every = "30s", delayed = "30s")
  void forget() {
    buckets
        .entrySet()
        .removeIf(
            entry ->
                entry.getValue().getAvailableTokens()
                    >= (entry.getKey().startsWith("address ") ? OF_AN_ADDRESS : OF_A_LINK));
  }
}
