package ai.pathbound.identities.connect.page;

/**
 * When a page is loaded anew where no script does it. Where it is, it is at once, with an answer
 * that is held until something has changed: so nobody is interrupted before there is something to
 * show (WCAG 2.2, 2.2.1).
 */
enum Reload {
  /** What is typed here would be lost. */
  NEVER,
  /** With an answer that is held. */
  HELD,
  /** Nothing is held just now: its reader says when. */
  BY_HAND;

  /** The content of {@code http-equiv=refresh} of a page that shows {@code version}, or null. */
  String refresh(String path, String version) {
    return this == HELD ? "0;url=" + path + PageResource.AFTER_QUERY + version : null;
  }
}
