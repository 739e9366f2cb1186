package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.connect.link.LinkVersions;
import ai.pathbound.identities.connect.link.LinkVersions.LinkKey;
import ai.pathbound.identities.connect.link.LinkVersions.Seen;
import ai.pathbound.identities.login.store.LoginVersions;
import ai.pathbound.identities.login.store.LoginVersions.LoginKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What changes whenever the page of a link changes, of many links in two statements. */
@ApplicationScoped
class PageVersions {
  private final LinkVersions links;
  private final LoginVersions logins;

  PageVersions(LinkVersions links, LoginVersions logins) {
    this.links = links;
    this.logins = logins;
  }

  /** As {@link LinkLogins#version} tells it; a link that is there no more is absent. */
  Uni<Map<LinkKey, String>> of(Collection<LinkKey> asked) {
    return links.of(asked).flatMap(this::withLogins);
  }

  private Uni<Map<LinkKey, String>> withLogins(Map<LinkKey, Seen> seen) {
    List<LoginKey> waitedFor =
        seen.entrySet().stream()
            .flatMap(entry -> login(entry.getKey(), entry.getValue()).stream())
            .toList();
    return logins
        .of(waitedFor)
        .map(
            versions -> {
              Map<LinkKey, String> pages = new HashMap<>();
              seen.forEach(
                  (link, at) ->
                      pages.put(
                          link,
                          at.version()
                              + login(link, at)
                                  .map(versions::get)
                                  .map(version -> "." + version)
                                  .orElse("")));
              return pages;
            });
  }

  private static Optional<LoginKey> login(LinkKey link, Seen at) {
    return at.login().map(session -> new LoginKey(link.tenant(), session));
  }
}
