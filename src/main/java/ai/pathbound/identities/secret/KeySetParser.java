package ai.pathbound.identities.secret;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.OctetSequenceJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * Reads a JWK Set (RFC 7517) of 256-bit octet keys. One member is of our own: instead of {@code k}
 * a key may hold {@code wrapped}, what Vault's transit engine made of its bytes.
 */
public final class KeySetParser {
  private static final int KEY_BYTES = 32;
  private static final String ALGORITHM = "A256GCMKW";
  private static final String OCTETS = "oct";
  private static final String WRAPPED = "wrapped";
  private static final Pattern CIPHERTEXT =
      Pattern.compile("vault:v[1-9]\\d*:[A-Za-z0-9+/]+={0,2}");

  private KeySetParser() {}

  /**
   * Reads a path, a {@code file:} URL or an inline JWK Set; leaves wrapped keys wrapped.
   *
   * @throws IllegalArgumentException with one sentence that quotes no key, where it is unfit
   */
  public static List<ConfiguredKey> parse(String setting) {
    String json = setting.strip().startsWith("{") ? setting : read(setting.strip());
    List<ConfiguredKey> keys = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Map<String, Object> members : members(json)) {
      String which = "key " + (keys.size() + 1);
      Optional<ConfiguredKey> key =
          members.containsKey(WRAPPED)
              ? Optional.of(wrapped(members, which))
              : plain(members, which);
      key.ifPresent(keys::add);
      if (key.isPresent() && !ids.add(key.get().id())) {
        throw new IllegalArgumentException("two keys have the kid \"" + key.get().id() + "\"");
      }
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("the JWK Set holds no usable key");
    }
    return List.copyOf(keys);
  }

  /**
   * The key of those bytes.
   *
   * @throws IllegalArgumentException where they are not 32; {@code which} names it
   */
  static SealingKeys.Key key(String id, byte[] bytes, String which) {
    if (bytes.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          which + " has " + bytes.length + " bytes where " + KEY_BYTES + " are needed");
    }
    return new SealingKeys.Key(id, new SecretKeySpec(bytes, "AES"));
  }

  private static List<Map<String, Object>> members(String json) {
    try {
      List<Map<String, Object>> keys = new ArrayList<>();
      for (Object key : (List<?>) JsonUtil.parseJson(json).get("keys")) {
        Map<String, Object> members = new LinkedHashMap<>();
        ((Map<?, ?>) key).forEach((name, value) -> members.put((String) name, value));
        keys.add(members);
      }
      return keys;
    } catch (JoseException | RuntimeException e) {
      // No cause: the parser's message would quote the keys.
      throw new IllegalArgumentException("it is not a JWK Set");
    }
  }

  private static ConfiguredKey wrapped(Map<String, Object> members, String which) {
    String id = checked(members.get("kid"), members.get("kty"), members.get("alg"), which);
    if (members.containsKey("k")) {
      throw new IllegalArgumentException(which + " has both k and " + WRAPPED);
    }
    if (!(members.get(WRAPPED) instanceof String text) || !CIPHERTEXT.matcher(text).matches()) {
      throw new IllegalArgumentException(
          which + " is wrapped, but not by Vault's transit engine (vault:v1:…)");
    }
    return new WrappedKey(id, text);
  }

  /** Empty for a key of an unknown type, which RFC 7517 (section 5) says to ignore. */
  private static Optional<ConfiguredKey> plain(Map<String, Object> members, String which) {
    JsonWebKey jwk;
    try {
      jwk = JsonWebKey.Factory.newJwk(members);
    } catch (JoseException | RuntimeException e) {
      return Optional.empty();
    }
    String id = checked(jwk.getKeyId(), jwk.getKeyType(), jwk.getAlgorithm(), which);
    return Optional.of(key(id, ((OctetSequenceJsonWebKey) jwk).getOctetSequence(), which));
  }

  private static String checked(Object id, Object type, Object algorithm, String which) {
    if (!(id instanceof String text) || text.isBlank()) {
      throw new IllegalArgumentException(which + " has no kid");
    }
    if (!OCTETS.equals(type)) {
      throw new IllegalArgumentException(which + " is not of kty \"" + OCTETS + "\"");
    }
    if (algorithm != null && !ALGORITHM.equals(algorithm)) {
      throw new IllegalArgumentException(which + " is not for alg " + ALGORITHM);
    }
    return text;
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
