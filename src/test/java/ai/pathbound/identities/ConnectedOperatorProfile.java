package ai.pathbound.identities;

import ai.pathbound.identities.program.Certificates;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.Map;

/**
 * What else an operator may set, in one program: receivers' certificates are of an authority of its
 * own, and stored sessions are looked at as often as the sandbox allows.
 */
public class ConnectedOperatorProfile implements QuarkusTestProfile {
  /** A server that the authority vouches for; its files are in system properties. */
  public static final String KNOWN = "private-authority";

  /** A server that another one vouches for. */
  public static final String UNKNOWN = "private-authority.other";

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>();
    settings.put("quarkus.tls.webhooks.trust-store.pem.certs", authority());
    settings.put("identities.linkedin.health.interval", "1s");
    settings.put("identities.linkedin.health.confirm-after", "1s");
    return settings;
  }

  /** Profile and test are of two class loaders: files and not objects go from one to the other. */
  private static String authority() {
    try {
      Certificates certificates = new Certificates();
      System.setProperty(KNOWN + ".key", certificates.key("server").toString());
      System.setProperty(KNOWN + ".crt", certificates.certificate("server").toString());
      System.setProperty(UNKNOWN + ".key", certificates.key("other").toString());
      System.setProperty(UNKNOWN + ".crt", certificates.certificate("other").toString());
      return certificates.certificate("ca").toString();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
