package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.connect.ConnectAddress;
import ai.pathbound.identities.connect.link.LinkTokens;
import ai.pathbound.identities.connect.link.StoredLink;
import ai.pathbound.identities.secret.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import java.util.Optional;

/**
 * The cookie that binds a link to a browser (RFC 6265bis): a host's own, not for scripts, sent
 * along when the link is followed from a webmail. On http to this machine it cannot have the
 * prefix.
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

  /** The request's, if it has one that can be one. */
  Optional<Secret> of(HttpHeaders headers) {
    return Optional.ofNullable(headers.getCookies().get(name()))
        .map(Cookie::getValue)
        .filter(LinkTokens::isWellFormed)
        .map(Secret::of);
  }

  /** As the answer sets it. */
  NewCookie bind(StoredLink link, Secret cookie) {
    Duration left = Duration.between(link.now(), link.facts().expiresAt()).plus(AFTERWARDS);
    return new NewCookie.Builder(name())
        .value(cookie.reveal())
        .path("/")
        .secure(isSecure())
        .httpOnly(true)
        .sameSite(NewCookie.SameSite.LAX)
        .maxAge((int) left.toSeconds())
        .build();
  }

  String name() {
    return isSecure() ? PREFIX + NAME : NAME;
  }

  private boolean isSecure() {
    return address.requireOrigin().startsWith("https:");
  }
}
