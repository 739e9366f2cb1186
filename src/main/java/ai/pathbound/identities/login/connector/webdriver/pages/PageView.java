package ai.pathbound.identities.login.connector.webdriver.pages;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one look at a page found. It holds nothing that a page says, and of its address the path
 * alone: queries carry tokens.
 *
 * @param onOrigin whether it is a page of LinkedIn's origin
 * @param web whether it came over HTTP; a browser's own error page and an empty one did not
 * @param failed whether it stands for a failure: the browser's error page, or a status that says so
 * @param round whether the address redirected to itself until the browser gave up
 * @param path the path, for LinkedIn's origin only
 * @param document tells one load of a page from the next
 * @param complete whether it is loaded with all it needs
 * @param filled whether a field for a code holds something
 * @param acts whether there is anything to use: a field, a button, a link
 * @param text tells one text of the page from another, numbers aside; not what it says
 * @param alerts tells what is told beside a login or a code from other things told; not what it
 *     says
 * @param markers what it shows
 * @param structure what of that it shows without a word
 */
public record PageView(
    boolean onOrigin,
    boolean web,
    boolean failed,
    boolean round,
    String path,
    double document,
    boolean complete,
    boolean filled,
    boolean acts,
    int text,
    Set<Integer> alerts,
    Set<PageMarker> markers,
    Set<PageMarker> structure) {
  private static final Set<PageMarker> AT_THE_FEED =
      EnumSet.of(PageMarker.SIGNED_IN, PageMarker.LOGIN, PageMarker.CHOOSER, PageMarker.FEED);

  /**
   * What the page is; empty for an unknown one. Structure goes before words, which say of which
   * kind it is. Who is asked to sign in is not signed in. At an address for members, where posts
   * may quote any words, only those markers count that tell whether a member is signed in.
   */
  public Optional<PageMarker> marker() {
    boolean asked = shows(PageMarker.LOGIN) || shows(PageMarker.CHOOSER);
    Set<PageMarker> pages = EnumSet.noneOf(PageMarker.class);
    markers.stream()
        .filter(PageMarker::isPage)
        .filter(marker -> marker != PageMarker.SIGNED_IN || !asked)
        .filter(marker -> !shows(PageMarker.FEED) || AT_THE_FEED.contains(marker))
        .forEach(pages::add);
    return pages.stream()
        .filter(structure::contains)
        .findFirst()
        .or(() -> pages.stream().findFirst())
        .flatMap(first -> first.kinds().stream().filter(pages::contains).findFirst());
  }

  /** Whether it tells something, beside a login or a code, that it did not tell before. */
  public boolean tellsMoreThan(PageView before) {
    return !before.alerts.containsAll(alerts);
  }

  /** Whether it shows {@code marker}, whatever else it shows. */
  public boolean shows(PageMarker marker) {
    return markers.contains(marker);
  }

  /** Whether it is the same load of the same page, showing and telling the same. */
  public boolean isLike(PageView other) {
    return isSameLoad(other)
        && path.equals(other.path)
        && markers.equals(other.markers)
        && alerts.equals(other.alerts);
  }

  /** Whether it is the same load of a page that asks for the same code, whatever it says of it. */
  public boolean asksTheSame(PageView other) {
    return isSameLoad(other) && path.equals(other.path) && unmarked().equals(other.unmarked());
  }

  private Set<PageMarker> unmarked() {
    return markers.stream()
        .filter(marker -> marker != PageMarker.WRONG_CODE)
        .collect(Collectors.toSet());
  }

  /** Whether it is the same load of a page. */
  public boolean isSameLoad(PageView other) {
    return document == other.document;
  }

  /**
   * Whether a code that was typed into {@code before} has no answer yet: its field holds it, no
   * mark and no alert came. Whatever else it says may be a word of patience. A field that was typed
   * into and is empty now was emptied by an answer.
   */
  public boolean isUnansweredAfter(PageView before) {
    boolean marked = shows(PageMarker.WRONG_CODE) && !before.shows(PageMarker.WRONG_CODE);
    return asksTheSame(before) && filled && !marked && !tellsMoreThan(before);
  }

  /** Whether it is the same load of the same page, and also says the same. */
  public boolean saysTheSame(PageView other) {
    return isLike(other) && text == other.text;
  }
}
