package ai.pathbound.identities.login.connector.webdriver.pages;

import java.util.Optional;
import java.util.Set;

/**
 * What one look at a page found. It holds nothing that a page says, and of its address the path
 * alone: queries carry tokens.
 *
 * @param onOrigin whether it is a page of LinkedIn's origin
 * @param web whether it came over HTTP; a browser's own error page and an empty one did not
 * @param failed whether it stands for a failure: the browser's error page, or a status that says so
 * @param path the path, for LinkedIn's origin only
 * @param document tells one load of a page from the next
 * @param complete whether it is loaded with all it needs
 * @param markers what it shows
 */
public record PageView(
    boolean onOrigin,
    boolean web,
    boolean failed,
    String path,
    double document,
    boolean complete,
    Set<PageMarker> markers) {

  /** What the page is; empty for an unknown one. */
  public Optional<PageMarker> marker() {
    return markers.stream().filter(PageMarker::isPage).min(PageMarker::compareTo);
  }

  /** Whether it shows {@code marker}, whatever else it shows. */
  public boolean shows(PageMarker marker) {
    return markers.contains(marker);
  }

  /** Whether it is the same load of the same page, showing the same. */
  public boolean isLike(PageView other) {
    return document == other.document && path.equals(other.path) && markers.equals(other.markers);
  }
}
