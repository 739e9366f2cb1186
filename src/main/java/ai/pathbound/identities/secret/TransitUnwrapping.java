package ai.pathbound.identities.secret;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vault.VaultTransitSecretEngine;
import io.quarkus.vault.client.VaultClientException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.nio.file.FileSystemException;

/**
 * Unwraps sealing keys through Vault's transit engine. Without a wrapped key no Vault client is
 * created.
 */
@ApplicationScoped
class TransitUnwrapping implements KeyUnwrapping {
  private final Instance<VaultTransitSecretEngine> transit;
  private final VaultSettings settings;

  TransitUnwrapping(Instance<VaultTransitSecretEngine> transit, VaultSettings settings) {
    this.transit = transit;
    this.settings = settings;
  }

  @Override
  public byte[] unwrap(WrappedKey key) {
    try {
      return transit.get().decrypt(settings.transitKey(), key.ciphertext()).getValue();
    } catch (RuntimeException e) {
      // No cause: what Vault answers, or was asked, may hold more than a log should.
      throw new ConfigurationException(
          "identities.secrets.keys: Vault does not unwrap the key \""
              + key.id()
              + "\" with its transit key \""
              + settings.transitKey()
              + "\": "
              + why(e));
    }
  }

  private static String why(RuntimeException failure) {
    if (failure instanceof VaultClientException refusal && refusal.getStatus() != null) {
      return "it answers " + refusal.getStatus() + " to " + refusal.getRequestPath();
    }
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    if (root instanceof FileSystemException unreadable) {
      // The service account's token or the authority's certificate: names the path, not the
      // content.
      return "the file " + unreadable.getFile() + " cannot be read";
    }
    return "it was not reached, or gave no answer (" + root.getClass().getSimpleName() + ")";
  }
}
