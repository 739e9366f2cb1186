package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.connect.link.StoredLink;
import ai.pathbound.identities.connect.link.TenantPage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Where a holder goes back to, with what the tenant may know: no secret. */
final class WayBack {
  private WayBack() {}

  /**
   * The tenant's URL and the link's outcome; empty where the link has none, or one that the tenant
   * has taken off its settings since.
   */
  static Optional<String> of(StoredLink link, TenantPage tenant) {
    return link.options()
        .redirectUrl()
        .filter(tenant.redirectUrls()::contains)
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
