package ai.pathbound.identities.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * Tells of the keys of a set that cannot be read. The library leaves them out without a word (RFC
 * 7517, section 5, allows it), and their tokens are refused as if they were forged.
 */
final class UnreadableKeys {
  private static final Logger LOG = Logger.getLogger(UnreadableKeys.class);

  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /** Warns of each such key once; says nothing of what is no key set at all. */
  void tellOf(String content) {
    for (String key : in(content)) {
      if (told.add(key)) {
        LOG.warnf(
            "The key set that verifies tokens holds a key that cannot be read: %s. Tokens that it"
                + " signed are refused; the other keys are used.",
            key);
      }
    }
  }

  /** The keys that cannot be read, each by its position and its {@code kid}. */
  static List<String> in(String content) {
    List<String> unreadable = new ArrayList<>();
    Object keys = keys(content);
    if (keys instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        if (!isReadable(list.get(i))) {
          Object kid = list.get(i) instanceof Map<?, ?> key ? key.get("kid") : null;
          unreadable.add("number " + (i + 1) + (kid == null ? "" : ", kid \"" + kid + "\""));
        }
      }
    }
    return unreadable;
  }

  private static Object keys(String content) {
    if (content == null || !content.strip().startsWith("{")) {
      return null;
    }
    try {
      return JsonUtil.parseJson(content).get("keys");
    } catch (JoseException e) {
      return null;
    }
  }

  @SuppressWarnings("unchecked")
  private static boolean isReadable(Object key) {
    try {
      return key instanceof Map<?, ?> fields
          && JsonWebKey.Factory.newJwk((Map<String, Object>) fields) != null;
    } catch (JoseException | RuntimeException e) {
      return false;
    }
  }
}
