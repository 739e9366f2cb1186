package ai.pathbound.identities.webhook.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a target is named in the Host header. */
class TargetTest {
  @ParameterizedTest
  @CsvSource({
    "true, hooks.example, 443, hooks.example",
    "true, hooks.example, 8443, hooks.example:8443",
    "false, hooks.example, 80, hooks.example",
    "false, hooks.example, 443, hooks.example:443",
    "true, 2a00:1450:4001::1, 443, [2a00:1450:4001::1]",
    "true, 2a00:1450:4001::1, 8443, [2a00:1450:4001::1]:8443"
  })
  void anIpv6AddressHasBracketsAndAPortOfTheSchemesOwnIsLeftOut(
      boolean secure, String host, int port, String authority) {
    assertEquals(
        authority,
        new Target(secure, host, port, "/", List.of(InetAddress.getLoopbackAddress())).authority());
  }
}
