package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.connect.link.PageLanguage;
import ai.pathbound.identities.connect.link.StoredLink;
import ai.pathbound.identities.id.LinkId;
import java.util.Optional;

/**
 * What the page knows of a request.
 *
 * @param language the one that the browser asks for
 * @param address the client's
 * @param userAgent what the browser says of itself, or null
 * @param cookies the header, or nothing; one of them may bind a link to it
 * @param link the one that the path names, if it names one
 */
record PageRequest(
    PageLanguage language,
    Optional<String> address,
    String userAgent,
    String cookies,
    Optional<LinkId> link) {

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
