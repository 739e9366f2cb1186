package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.connect.link.PageLanguage;
import ai.pathbound.identities.connect.link.StoredLink;
import jakarta.ws.rs.core.Cookie;
import java.util.Map;
import java.util.Optional;

/**
 * What the page knows of a request.
 *
 * @param language the one that the browser asks for
 * @param address the client's
 * @param userAgent what the browser says of itself, or null
 * @param cookies by their names; one may bind a link to it
 */
record PageRequest(
    PageLanguage language,
    Optional<String> address,
    String userAgent,
    Map<String, Cookie> cookies) {

  /** The language of a link's page: the tenant's choice, or else the browser's. */
  PageLanguage languageOf(StoredLink link) {
    return link.options().language().orElse(language);
  }

  /** Without the cookies, which are secrets. */
  @Override
  public String toString() {
    return "PageRequest[" + language + "]";
  }
}
