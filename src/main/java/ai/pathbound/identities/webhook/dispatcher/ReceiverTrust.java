package ai.pathbound.identities.webhook.dispatcher;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collections;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Which authorities may sign the certificate of a receiver: those that the program trusts anyway,
 * and the operator's own beside them, which the trust store of {@code quarkus.tls.webhooks} holds.
 * Beside and not instead: tenants' receivers on the internet go on to be reached.
 */
final class ReceiverTrust {
  /** The name of the TLS configuration in the registry. */
  static final String NAME = "webhooks";

  private ReceiverTrust() {}

  /**
   * The options of a client that believes receivers so.
   *
   * @throws ConfigurationException where the operator's authorities cannot be used
   */
  static HttpClientOptions options(TlsConfigurationRegistry registry) {
    HttpClientOptions options = new HttpClientOptions();
    registry
        .get(NAME)
        .map(TlsConfiguration::getTrustStore)
        .map(ReceiverTrust::beside)
        .ifPresent(options::setTrustOptions);
    return options;
  }

  /** The authorities that the program trusts anyway, and those of {@code own}. */
  static TrustOptions beside(KeyStore own) {
    try {
      KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
      all.load(null, null);
      int count = 0;
      for (TrustManager manager : managers(null)) {
        for (X509Certificate authority : ((X509TrustManager) manager).getAcceptedIssuers()) {
          all.setCertificateEntry("anyway-" + count++, authority);
        }
      }
      for (String alias : Collections.list(own.aliases())) {
        if (own.isCertificateEntry(alias)) {
          all.setCertificateEntry("own-" + alias, own.getCertificate(alias));
        }
      }
      return TrustOptions.wrap(managers(all)[0]);
    } catch (GeneralSecurityException | IOException e) {
      throw new ConfigurationException("the trust store of quarkus.tls.webhooks cannot be used", e);
    }
  }

  /** One manager of the JDK's, which compares the name of the host, too; of null, its own. */
  private static TrustManager[] managers(KeyStore authorities) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities);
    return factory.getTrustManagers();
  }
}
