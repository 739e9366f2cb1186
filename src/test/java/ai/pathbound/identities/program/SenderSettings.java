package ai.pathbound.identities.program;

import java.util.HashMap;
import java.util.Map;

/** What a sender of webhooks is told whose replicas are killed or stand still. */
final class SenderSettings {
  private SenderSettings() {}

  /** With claims that are soon over, and receivers on this machine. */
  static Map<String, String> with(ProductionEnvironment surroundings, int slots) {
    Map<String, String> environment = new HashMap<>(surroundings.environment());
    environment.put("IDENTITIES_WEBHOOKS_SLOTS", Integer.toString(slots));
    environment.put("IDENTITIES_WEBHOOKS_ALLOWED_NETWORKS", "127.0.0.0/8,::1/128");
    environment.put("IDENTITIES_WEBHOOKS_TIMEOUT", "1s");
    environment.put("IDENTITIES_WEBHOOKS_LEASE", "2s");
    environment.put("IDENTITIES_WEBHOOKS_POLL_INTERVAL", "200ms");
    return environment;
  }
}
