package ai.pathbound.identities.connect.page;

/**
 * Who may post to the page: the page itself (Fetch Metadata Request Headers; the Origin header of
 * RFC 6454). Under {@code no-referrer} browsers send {@code Origin: null}, which counts only beside
 * a {@code Sec-Fetch-Site} that no page can set.
 */
final class PageDoors {
  private static final String SAME = "same-origin";
  private static final String NULL = "null";

  private PageDoors() {}

  /**
   * Whether a POST comes from the page.
   *
   * @param site the header {@code Sec-Fetch-Site}, or null
   * @param origin the header {@code Origin}, or null
   * @param own the page's origin
   */
  static boolean isOwn(String site, String origin, String own) {
    return site == null
        ? own.equals(origin)
        : SAME.equals(site) && (own.equals(origin) || NULL.equals(origin));
  }
}
