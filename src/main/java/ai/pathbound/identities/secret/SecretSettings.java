package ai.pathbound.identities.secret;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** How secrets are sealed. */
@ConfigMapping(prefix = "identities.secrets")
public interface SecretSettings {
  /**
   * The JWK Set that seals secrets: a path, a {@code file:} URL or inline JSON. Each key is {@code
   * {"kty":"oct","kid":"…","alg":"A256GCMKW","k":"<32 bytes, base64url>"}}; the first seals, all
   * open. Instead of {@code k} a key may have {@code wrapped}, what Vault's transit engine made of
   * its bytes. Made up on the fly in dev and test; in production the start stops without it.
   */
  Optional<String> keys();
}
