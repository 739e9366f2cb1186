package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.connect.ConnectAddress;
import ai.pathbound.identities.connect.link.HolderSteps;
import ai.pathbound.identities.connect.link.LinkTokens;
import ai.pathbound.identities.connect.link.StoredLink;
import ai.pathbound.identities.secret.Secret;
import io.smallrye.mutiny.Uni;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Lets requests in: so many of an address and of a link, posts of the page alone, each to the link
 * that its token or its cookie names. Whatever is wrong, the answer is a page.
 */
@ApplicationScoped
class PageEntrance {
  private final ConnectAddress address;
  private final HolderSteps steps;
  private final PageNotices notices;
  private final PageLimits limits;
  private final BrowserCookie cookies;

  PageEntrance(
      ConnectAddress address,
      HolderSteps steps,
      PageNotices notices,
      PageLimits limits,
      BrowserCookie cookies) {
    this.address = address;
    this.steps = steps;
    this.notices = notices;
    this.limits = limits;
    this.cookies = cookies;
  }

  /** What is done with the link that was found, by the token or the cookie that names it. */
  @FunctionalInterface
  interface Work extends BiFunction<StoredLink, Secret, Uni<Response>> {}

  PageRequest request(HttpHeaders headers, RoutingContext http) {
    return new PageRequest(
        PageLanguages.accepted(headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE)),
        Optional.ofNullable(http.request().remoteAddress()).map(SocketAddress::hostAddress),
        headers.getHeaderString(HttpHeaders.USER_AGENT),
        address.isConfigured() ? cookies.of(headers) : Optional.empty());
  }

  /** A look by the secret in the address. */
  Uni<Response> byToken(String token, PageRequest request, Work work) {
    return safely(request, () -> ofToken(token, request, work));
  }

  /** A look by the cookie. */
  Uni<Response> byCookie(PageRequest request, Work work) {
    return safely(request, () -> ofCookie(request, work));
  }

  /** A post by the secret in the address. */
  Uni<Response> postByToken(String token, HttpHeaders headers, PageRequest request, Work work) {
    return safely(request, () -> own(headers, request, () -> ofToken(token, request, work)));
  }

  /** A post by the cookie. */
  Uni<Response> postByCookie(HttpHeaders headers, PageRequest request, Work work) {
    return safely(request, () -> own(headers, request, () -> ofCookie(request, work)));
  }

  private Uni<Response> ofToken(String token, PageRequest request, Work work) {
    if (!LinkTokens.isWellFormed(token)) {
      return notices.unknown(request);
    }
    Secret secret = Secret.of(token);
    return found(steps.ofToken(secret), secret, request, work);
  }

  private Uni<Response> ofCookie(PageRequest request, Work work) {
    return request
        .cookie()
        .map(cookie -> found(steps.ofBrowser(cookie), cookie, request, work))
        .orElseGet(() -> notices.unknown(request));
  }

  private Uni<Response> found(
      Uni<Optional<StoredLink>> finding, Secret secret, PageRequest request, Work work) {
    return finding.flatMap(
        found -> {
          if (found.isEmpty()) {
            return notices.unknown(request);
          }
          return limits.takeOfLink(found.get().facts().link().toString())
              ? work.apply(found.get(), secret)
              : notices.busy(request);
        });
  }

  private Uni<Response> own(
      HttpHeaders headers, PageRequest request, Supplier<Uni<Response>> work) {
    return PageDoors.isOwn(
            headers.getHeaderString("Sec-Fetch-Site"),
            headers.getHeaderString("Origin"),
            address.requireOrigin())
        ? work.get()
        : notices.forbidden(request);
  }

  private Uni<Response> safely(PageRequest request, Supplier<Uni<Response>> work) {
    if (!address.isConfigured()) {
      return notices.unknown(request);
    }
    if (!limits.takeOfAddress(request.address().orElse(""))) {
      return notices.busy(request);
    }
    return Uni.createFrom()
        .deferred(work::get)
        .onFailure()
        .recoverWithUni(failure -> notices.trouble(failure, request));
  }
}
