package ai.pathbound.identities.connect.page;

/**
 * What is around every page. Templates read it, hence public.
 *
 * @param lang the language's tag
 * @param name who asks; null where the page is of no link
 * @param privacy the tenant's privacy statement, or null
 * @param accent where the stylesheet of the tenant's colour is, or null
 * @param assets where the page's own files are
 * @param path where the page of the link is; null where the page is of no link
 * @param version the version of what is shown; null where nothing follows
 * @param refresh when a browser without a script loads which page; null where it does not
 */
public record PageFrame(
    String lang,
    String name,
    String privacy,
    String accent,
    PageAssets.Paths assets,
    String path,
    String version,
    String refresh) {
  // First strong isolate and its end (Unicode, UAX #9): the name turns no sentence around.
  private static final String ISOLATE = "\u2068";
  private static final String END = "\u2069";

  /** The name as it stands inside a sentence. */
  public String isolatedName() {
    return name == null ? "" : ISOLATE + name + END;
  }
}
