package ai.pathbound.identities.secret;

import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.interceptor.Interceptor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that seal secrets: a JWK Set (RFC 7517) of 256-bit octet keys. The first seals, all
 * open.
 */
// Before the scheduler and the workers: an event loop must not wait for Vault.
@Startup(Interceptor.Priority.PLATFORM_BEFORE - 1)
@ApplicationScoped
public class SealingKeys {
  /**
   * One key.
   *
   * @param id its {@code kid}
   * @param secretKey its 32 bytes
   */
  public record Key(String id, SecretKey secretKey) implements ConfiguredKey {
    /**
     * An HMAC-SHA-256 under a key derived from this one for {@code purpose}, so that uses stay
     * apart.
     */
    public byte[] hmac(String purpose, byte[] data) {
      return hmac(hmac(secretKey.getEncoded(), purpose.getBytes(StandardCharsets.UTF_8)), data);
    }

    private static byte[] hmac(byte[] key, byte[] data) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(data);
      } catch (java.security.GeneralSecurityException e) {
        throw new IllegalStateException("every Java platform has HmacSHA256", e);
      }
    }

    @Override
    public String toString() {
      return "Key[" + id + "]";
    }
  }

  private final List<Key> keys;

  /**
   * Reads the keys that the configuration names and unwraps the wrapped ones, so that sealing needs
   * no call to Vault.
   *
   * @throws IllegalArgumentException with one sentence, where there is none or one is unfit
   * @throws ConfigurationException with one sentence, where one cannot be unwrapped
   */
  public SealingKeys(SecretSettings settings, KeyUnwrapping unwrapping) {
    String set = settings.keys().orElseThrow(() -> new IllegalArgumentException("no keys are set"));
    this.keys = KeySetParser.parse(set).stream().map(given -> usable(given, unwrapping)).toList();
  }

  private static Key usable(ConfiguredKey given, KeyUnwrapping unwrapping) {
    if (given instanceof WrappedKey wrapped) {
      try {
        return KeySetParser.key(wrapped.id(), unwrapping.unwrap(wrapped), "what Vault unwrapped");
      } catch (IllegalArgumentException e) {
        throw new ConfigurationException(
            "identities.secrets.keys: the key \""
                + wrapped.id()
                + "\" is unfit: "
                + e.getMessage());
      }
    }
    return (Key) given;
  }

  /** The key that seals. */
  public Key sealing() {
    return keys.get(0);
  }

  /** Every key, that which seals first. */
  public List<Key> all() {
    return keys;
  }

  /** The ids of the keys that only open, in their order. */
  public List<String> openingOnly() {
    return keys.stream().skip(1).map(Key::id).toList();
  }

  /** The key of that id. */
  public Optional<Key> find(String id) {
    return keys.stream().filter(key -> key.id().equals(id)).findFirst();
  }
}
