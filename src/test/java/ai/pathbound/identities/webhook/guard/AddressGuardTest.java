package ai.pathbound.identities.webhook.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.pathbound.identities.tenant.TenantId;
import ai.pathbound.identities.webhook.WebhookSettingsOf;
import ai.pathbound.identities.webhook.guard.AddressNotAllowedException.Why;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tenant's URL can lead to, in every notation that a parser may take. */
class AddressGuardTest {
  private static final TenantId TENANT = new TenantId("acme");
  private static final String GLOBAL = "93.184.215.14";

  /** Answers each question with the next of its answers, the last one again and again. */
  private static HostResolver answering(String... answers) {
    Deque<String> left = new ArrayDeque<>(Arrays.asList(answers));
    return (tenant, name) -> {
      String answer = left.size() > 1 ? left.poll() : left.peek();
      return Uni.createFrom().item(addresses(answer));
    };
  }

  private static List<InetAddress> addresses(String text) {
    return text.isEmpty()
        ? List.of()
        : Arrays.stream(text.split(" ")).map(AddressGuardTest::address).toList();
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static AddressGuard guard(String... answers) {
    return new AddressGuard(WebhookSettingsOf.values(Map.of()), answering(answers));
  }

  private static AddressGuard allowing(String networks, String... answers) {
    return new AddressGuard(
        WebhookSettingsOf.values(Map.of("allowed-networks", networks)), answering(answers));
  }

  private static Target resolved(AddressGuard guard, String url) {
    return guard.resolve(TENANT, url).await().indefinitely();
  }

  private static Why refused(AddressGuard guard, String url) {
    return assertThrows(AddressNotAllowedException.class, () -> resolved(guard, url), url).why();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // The first and the last of each range, and what people know by heart.
        "0.0.0.0",
        "0.255.255.255",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "100.100.100.200",
        "127.0.0.1",
        "127.255.255.255",
        "168.63.129.16",
        "169.254.0.0",
        "169.254.169.254",
        "169.254.255.255",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.0",
        "192.0.0.192",
        "192.0.0.255",
        "192.0.2.1",
        "192.31.196.1",
        "192.52.193.1",
        "192.88.99.1",
        "192.168.0.0",
        "192.168.255.255",
        "192.175.48.1",
        "198.18.0.0",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "64:ff9b::7f00:1",
        "64:ff9b::8.8.8.8",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:2::1",
        "2001:10::1",
        "2001:20::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:808:808::1",
        "2620:4f:8000::1",
        "3fff::1",
        "4000::1",
        "5f00::1",
        "8000::1",
        "fc00::1",
        "fd00:ec2::254",
        "fd20:ce::254",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "ff02::1"
      })
  void anAddressThatIsNotGlobalIsRefusedAsALiteralAndBehindAName(String address) {
    String literal = address.contains(":") ? "[" + address + "]" : address;
    assertEquals(Why.URL_NOT_ALLOWED, refused(guard(GLOBAL), "https://" + literal + "/hook"));
    assertEquals(Why.URL_NOT_ALLOWED, refused(guard(address), "https://name.example/hook"));
    assertEquals(
        Why.URL_NOT_ALLOWED, refused(guard(GLOBAL + " " + address), "https://name.example/"));
    assertEquals(
        Why.URL_NOT_ALLOWED, refused(guard(address + " " + GLOBAL), "https://name.example/"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.0.0.0",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "168.63.129.15",
        "168.63.129.17",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "192.0.3.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "203.0.114.0",
        "223.255.255.255",
        "2000::1",
        "2001:200::1",
        "2001:4860:4860::8888",
        "2001:db7::1",
        "2001:db9::1",
        "2003::1",
        "2620:4f:7fff::1",
        "2a00:1450:4001::1",
        "3ffe::1",
        "3fff:1000::1"
      })
  void itsGlobalNeighbourIsTaken(String address) {
    String literal = address.contains(":") ? "[" + address + "]" : address;
    assertEquals(address(address), resolved(guard(GLOBAL), "https://" + literal + "/").address());
    assertEquals(address(address), resolved(guard(address), "https://name.example/").address());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Decimal, octal, hexadecimal, fewer parts, more than 32 bits, zeros before.
        "https://2130706433/",
        "https://017700000001/",
        "https://0x7f000001/",
        "https://0x7F.1/",
        "https://127.1/",
        "https://127.0.1/",
        "https://0177.0.0.1/",
        "https://0x7f.0.0.1/",
        "https://127.0.0.01/",
        "https://127.000.000.001/",
        "https://4294967297/",
        "https://1.2.3.4.5/",
        "https://256.1.1.1/",
        "https://93.184.215.14./",
        "https://0x/",
        "https://name.example.0x7f/",
        "https://name.127/",
        // Dots and digits of IDNA, percent-encoding, a dot at the end, empty labels.
        "https://127\u30020\u30020\u30021/",
        "https://127\uff0e0\uff0e0\uff0e1/",
        "https://\uff11\uff12\uff17.0.0.1/",
        "https://127\uff610\uff610\uff611/",
        "https://%31%32%37.0.0.1/",
        "https://127%2e0.0.1/",
        "https://localhost%00.example/",
        "https://name.example./",
        "https://localhost./",
        "https://name..example/",
        "https://\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3/",
        "https://b\u00fccher.example/",
        "https://na_me.example/",
        "https://-name.example/",
        // Zone ids, and brackets around what is no IPv6 address.
        "https://[fe80::1%25eth0]/",
        "https://[fe80::1%eth0]/",
        "https://[2001:4860::1%25lo]/",
        "https://[127.0.0.1]/",
        "https://[name.example]/",
        "https://[::1/",
        "https://::1/",
        "https://[v1.fe80::1]/",
        "https://[::ffff:127.1]/",
        // An IPv4 address in IPv6's clothes, whichever it is.
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:8.8.8.8]/",
        "https://[::ffff:a00:1]/",
        "https://[0:0:0:0:0:ffff:5db8:d70e]/",
        // Credentials, and who seems to be the host.
        "https://user@name.example/",
        "https://user:password@name.example/",
        "https://@name.example/",
        "https://name.example@127.0.0.1/",
        "https://name.example\\@127.0.0.1/",
        "https://127.0.0.1\\name.example/",
        "https://127.0.0.1#@name.example/",
        "https://name.example#x",
        // Schemes, and what is no URL of a host.
        "http://name.example/",
        "HTTP://name.example/",
        "ftp://name.example/",
        "file:///etc/passwd",
        "gopher://name.example/",
        "javascript:alert(1)",
        "https:name.example",
        "https:/name.example",
        "https://",
        "https:///hook",
        "//name.example/",
        "name.example",
        "",
        " ",
        " https://name.example/",
        "https://name.example/ ",
        "https://name.example/\r\nx: y",
        "https://name.example/\u00fc",
        "https://name.example:0/",
        "https://name.example:65536/",
        "https://name.example:-1/",
        "https://name.example:x/"
      })
  void anyOtherNotationIsRefusedThoughTheNameWouldResolve(String url) {
    assertEquals(Why.URL_NOT_ALLOWED, refused(guard(GLOBAL), url));
    assertThrows(
        AddressNotAllowedException.class,
        () -> guard("").check(TENANT, url).await().indefinitely());
  }

  @ParameterizedTest
  @CsvSource({
    "https://name.example,name.example,443,/",
    "https://name.example:443,name.example,443,/",
    "HTTPS://NAME.Example:8443/a/b?c=%20d,NAME.Example,8443,/a/b?c=%20d",
    "https://name.example?x=1,name.example,443,/?x=1",
    "https://xn--bcher-kva.example/,xn--bcher-kva.example,443,/",
    "https://0x7f.name.example/,0x7f.name.example,443,/",
    "https://1.name.example/,1.name.example,443,/",
    "https://93.184.215.14/x,93.184.215.14,443,/x",
    "https://[2a00:1450:4001::1]:9/x,2a00:1450:4001::1,9,/x"
  })
  void whatIsPlainIsReadAsItStands(String url, String host, int port, String path) {
    Target target = resolved(guard(GLOBAL), url);
    assertEquals(host, target.host());
    assertEquals(port, target.port());
    assertEquals(path, target.path());
    assertEquals(true, target.secure());
    assertEquals(
        host.contains(":") ? address("2a00:1450:4001::1") : address(GLOBAL), target.address());
  }

  @Test
  void aResolverThatChangesItsMindIsAskedOnceForEachAttempt() {
    AddressGuard guard = guard(GLOBAL, "127.0.0.1", "8.8.8.8", "");
    String url = "https://rebinding.example/";
    // What is checked is what is connected to: the answer after it plays no part.
    assertEquals(address(GLOBAL), resolved(guard, url).address());
    assertEquals(Why.URL_NOT_ALLOWED, refused(guard, url));
    assertEquals(address("8.8.8.8"), resolved(guard, url).address());
    assertEquals(Why.NAME_NOT_RESOLVED, refused(guard, url));
  }

  @Test
  void aNameThatDoesNotResolveYetIsTakenButNotSentTo() {
    guard("").check(TENANT, "https://later.example/").await().indefinitely();
    assertEquals(Why.NAME_NOT_RESOLVED, refused(guard(""), "https://later.example/"));
    assertThrows(
        AddressNotAllowedException.class,
        () ->
            allowing("127.0.0.0/8", "")
                .check(TENANT, "http://later.example/")
                .await()
                .indefinitely());
  }

  @Test
  void anAllowedNetworkIsSentToAlsoByHttpAndNothingBesideIt() {
    AddressGuard guard = allowing("127.0.0.0/8,::1/128,10.1.2.3", "127.0.0.1 ::1");
    assertEquals(80, resolved(guard, "http://localhost/").port());
    assertEquals(address("127.0.0.1"), resolved(guard, "https://localhost/").address());
    assertEquals(9000, resolved(guard, "http://[::1]:9000/").port());
    assertEquals(address("10.1.2.3"), resolved(guard, "http://10.1.2.3/").address());
    assertEquals(Why.URL_NOT_ALLOWED, refused(guard, "http://10.1.2.4/"));
    assertEquals(Why.URL_NOT_ALLOWED, refused(guard, "https://169.254.169.254/"));
    assertEquals(Why.URL_NOT_ALLOWED, refused(guard, "http://" + GLOBAL + "/"));
    // Not even a plain one of the two may be outside.
    AddressGuard mixed = allowing("127.0.0.0/8", "127.0.0.1 " + GLOBAL);
    assertEquals(Why.URL_NOT_ALLOWED, refused(mixed, "http://name.example/"));
    resolved(mixed, "https://name.example/");
    assertEquals(Why.URL_NOT_ALLOWED, refused(guard, "http://[::ffff:127.0.0.1]/"));
  }

  @Test
  void aClustersOwnGlobalNetworkCanBeRefused() {
    AddressGuard guard =
        new AddressGuard(
            WebhookSettingsOf.values(Map.of("refused-networks", "93.184.0.0/16,2a00::/16")),
            answering(GLOBAL));
    assertEquals(Why.URL_NOT_ALLOWED, refused(guard, "https://name.example/"));
    assertEquals(Why.URL_NOT_ALLOWED, refused(guard, "https://[2a00::1]/"));
    resolved(guard, "https://8.8.8.8/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/33", "10.0.0/8", "localhost", "::/129", "10.0.0.0/8/8", "/8"})
  void aNetworkThatCannotBeReadStopsTheStart(String network) {
    assertThrows(ConfigurationException.class, () -> allowing(network, GLOBAL));
  }
}
