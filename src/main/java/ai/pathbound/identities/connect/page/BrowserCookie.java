package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.connect.ConnectAddress;
import ai.pathbound.identities.connect.link.LinkTokens;
import ai.pathbound.identities.connect.link.StoredLink;
import ai.pathbound.identities.id.LinkId;
import ai.pathbound.identities.secret.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The cookie that binds a link to a browser (RFC 6265bis): one of each link, a host's own, not for
 * scripts, sent along when the link is followed from a webmail. A look at a link that is bound to
 * nobody hands one out, which nothing here remembers but by an HMAC in it; the consent binds the
 * link to the one that comes with it. So a consent that is sent twice, or whose answer was lost,
 * binds the same browser. On http to this machine the name cannot have the prefix.
 */
@ApplicationScoped
class BrowserCookie {
  private static final String NAME = "connect";
  private static final String PREFIX = "__Host-";
  // For the page that says how it ended.
  private static final Duration AFTERWARDS = Duration.ofHours(1);

  private final ConnectAddress address;

  BrowserCookie(ConnectAddress address) {
    this.address = address;
  }

  /**
   * What a request has for that link, if it can be one. The release before had one name for all
   * links.
   */
  Optional<Secret> of(PageRequest request, LinkId link) {
    return Stream.of(name(link), prefix())
        .flatMap(name -> CookieHeader.values(request.cookies(), name))
        .filter(LinkTokens::isWellFormed)
        .map(Secret::of)
        .findFirst();
  }

  /** As the answer sets it. */
  NewCookie set(StoredLink link, Secret cookie) {
    Duration left = Duration.between(link.now(), link.facts().expiresAt()).plus(AFTERWARDS);
    return new NewCookie.Builder(name(link.facts().link()))
        .value(cookie.reveal())
        .path("/")
        .secure(isSecure())
        .httpOnly(true)
        .sameSite(NewCookie.SameSite.LAX)
        .maxAge((int) left.toSeconds())
        .build();
  }

  String name(LinkId link) {
    return prefix() + "-" + link;
  }

  private String prefix() {
    return isSecure() ? PREFIX + NAME : NAME;
  }

  private boolean isSecure() {
    return address.requireOrigin().startsWith("https:");
  }
}
