package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.audit.LinkTrail.ConsentText;
import ai.pathbound.identities.connect.link.StoredLink;
import ai.pathbound.identities.id.LinkId;
import ai.pathbound.identities.secret.Secret;

/**
 * A form of the page.
 *
 * @param boundTo the only one who can send it: the browser that has this cookie, or whoever was
 *     shown this link
 * @param step which form it is
 * @param state what it is made for, after which it is one of an earlier state
 */
record PageForm(Secret boundTo, String step, String state) {

  /**
   * The consent to that text. It is of the link alone: the browser that it binds need not have kept
   * the cookie that came with it.
   */
  static PageForm consent(LinkId link, ConsentText text) {
    return new PageForm(Secret.of(link.toString()), "consent", text.sha256());
  }

  /** Username and password. */
  static PageForm credentials(Secret cookie, StoredLink link) {
    return new PageForm(cookie, "credentials", Long.toString(link.version()));
  }

  /**
   * A code.
   *
   * @param version the link's and its login's, as {@link LinkLogins#version} tells it
   */
  static PageForm code(Secret cookie, String version) {
    return new PageForm(cookie, "code", version);
  }

  /**
   * One beside a challenge's question.
   *
   * @param version as of a code's
   */
  static PageForm ways(Secret cookie, String version) {
    return new PageForm(cookie, "ways", version);
  }
}
