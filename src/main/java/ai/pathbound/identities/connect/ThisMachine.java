package ai.pathbound.identities.connect;

import java.util.Set;

/** The names of this machine to itself, to which browsers keep no secret from the network. */
final class ThisMachine {
  private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  private ThisMachine() {}

  static boolean is(String host) {
    return NAMES.contains(host);
  }
}
