package ai.pathbound.identities;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.Map;

/** What an operator may set apart from the others' defaults, in one program. */
public class OperatorProfile implements QuarkusTestProfile {
  /** How many requests a tenant has in an hour. */
  public static final int BUDGET = 10;

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>();
    // The tests themselves are the proxy.
    settings.put("quarkus.http.proxy.proxy-address-forwarding", "true");
    settings.put("quarkus.http.proxy.allow-x-forwarded", "true");
    settings.put("quarkus.http.proxy.trusted-proxies", "127.0.0.1");
    // So slow that no request of a test comes back by itself.
    settings.put("identities.requests.budget", Integer.toString(BUDGET));
    settings.put("identities.requests.window", "1h");
    // Where connect links lead is not said.
    settings.put("identities.connect.base-url", "");
    // Workers leave the queue alone.
    settings.put("identities.linkedin.paused", "true");
    return settings;
  }
}
