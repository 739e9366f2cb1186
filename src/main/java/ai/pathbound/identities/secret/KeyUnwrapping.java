package ai.pathbound.identities.secret;

/** Who can turn a wrapped key back into its bytes. */
@FunctionalInterface
public interface KeyUnwrapping {
  /**
   * The key's bytes. Waits for them: never to be called on an event loop.
   *
   * @throws io.quarkus.runtime.configuration.ConfigurationException with one sentence that holds
   *     neither key nor token, where they cannot be had
   */
  byte[] unwrap(WrappedKey key);
}
