package ai.pathbound.identities.secret;

/**
 * A key that Vault's transit engine has encrypted: the file that holds it is worth nothing without
 * that engine.
 *
 * @param id its {@code kid}
 * @param ciphertext as Vault writes it, {@code vault:v1:…}
 */
public record WrappedKey(String id, String ciphertext) implements ConfiguredKey {
  @Override
  public String toString() {
    return "WrappedKey[" + id + "]";
  }
}
