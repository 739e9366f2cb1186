package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.connect.link.StoredLink;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Where a holder goes back to, with what the tenant may know: no secret. */
final class WayBack {
  private WayBack() {}

  /** The tenant's URL and the link's outcome; empty where the link has none. */
  static Optional<String> of(StoredLink link) {
    return link.options()
        .redirectUrl()
        .map(
            url ->
                url
                    + (url.contains("?") ? "&" : "?")
                    + "link_id="
                    + link.facts().link()
                    + "&status="
                    + link.status().wireName()
                    + link.options().state().map(state -> "&state=" + encoded(state)).orElse("")
                    + link.failure().map(reason -> "&error_code=" + reason.wireName()).orElse(""));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
