package ai.pathbound.identities.secret;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OctetSequenceJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * The keys that seal secrets: a JWK Set (RFC 7517) of 256-bit octet keys. The first seals, all
 * open.
 */
@ApplicationScoped
public class SealingKeys {
  private static final int KEY_BYTES = 32;
  private static final String ALGORITHM = "A256GCMKW";

  /**
   * One key.
   *
   * @param id its {@code kid}
   * @param secretKey its 32 bytes
   */
  public record Key(String id, SecretKey secretKey) {
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
   * Reads the keys that the configuration names.
   *
   * @throws IllegalArgumentException with one sentence, where there is none or one is unfit
   */
  @Inject
  public SealingKeys(SecretSettings settings) {
    this(parse(settings.keys().orElseThrow(() -> new IllegalArgumentException("no keys are set"))));
  }

  private SealingKeys(List<Key> keys) {
    this.keys = keys;
  }

  /** The key that seals. */
  public Key sealing() {
    return keys.get(0);
  }

  /** The ids of the keys that only open, in their order. */
  public List<String> openingOnly() {
    return keys.stream().skip(1).map(Key::id).toList();
  }

  /** The key of that id. */
  public Optional<Key> find(String id) {
    return keys.stream().filter(key -> key.id().equals(id)).findFirst();
  }

  /**
   * Reads a path, a {@code file:} URL or an inline JWK Set.
   *
   * @throws IllegalArgumentException with one sentence that quotes no key, where it is unfit
   */
  public static List<Key> parse(String setting) {
    String json = setting.strip().startsWith("{") ? setting : read(setting.strip());
    List<JsonWebKey> jwks;
    try {
      jwks = new JsonWebKeySet(json).getJsonWebKeys();
    } catch (JoseException | RuntimeException e) {
      // No cause: the parser's message would quote the keys.
      throw new IllegalArgumentException("it is not a JWK Set");
    }
    List<Key> keys = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (JsonWebKey jwk : jwks) {
      keys.add(check(jwk, keys.size() + 1));
      if (!ids.add(jwk.getKeyId())) {
        throw new IllegalArgumentException("two keys have the kid \"" + jwk.getKeyId() + "\"");
      }
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("the JWK Set holds no usable key");
    }
    return List.copyOf(keys);
  }

  private static Key check(JsonWebKey jwk, int position) {
    String which = "key " + position;
    if (jwk.getKeyId() == null || jwk.getKeyId().isBlank()) {
      throw new IllegalArgumentException(which + " has no kid");
    }
    if (!(jwk instanceof OctetSequenceJsonWebKey octets)) {
      throw new IllegalArgumentException(which + " is not of kty \"oct\"");
    }
    if (jwk.getAlgorithm() != null && !ALGORITHM.equals(jwk.getAlgorithm())) {
      throw new IllegalArgumentException(which + " is not for alg " + ALGORITHM);
    }
    byte[] bytes = octets.getOctetSequence();
    if (bytes.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          which + " has " + bytes.length + " bytes where " + KEY_BYTES + " are needed");
    }
    return new Key(jwk.getKeyId(), new SecretKeySpec(bytes, "AES"));
  }

  private static String read(String location) {
    try {
      Path path = location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location);
      return Files.readString(path);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException("the file it names cannot be read");
    }
  }
}
