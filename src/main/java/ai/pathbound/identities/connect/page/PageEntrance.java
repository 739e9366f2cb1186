package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.connect.ConnectAddress;
import ai.pathbound.identities.connect.link.HolderSteps;
import ai.pathbound.identities.connect.link.LinkTokens;
import ai.pathbound.identities.connect.link.StoredLink;
import ai.pathbound.identities.id.LinkId;
import ai.pathbound.identities.secret.Secret;
import io.smallrye.mutiny.Uni;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
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

  /** The same with the form that was posted, which has no fields where it could not be read. */
  @FunctionalInterface
  interface PostWork {
    Uni<Response> apply(StoredLink link, Secret secret, SentForm sent);
  }

  /** What the page knows of a request, whatever that holds: this fails on none. */
  PageRequest request(HttpHeaders headers, RoutingContext http) {
    return new PageRequest(
        PageLanguages.accepted(headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE)),
        Optional.ofNullable(http.request().remoteAddress()).map(SocketAddress::hostAddress),
        headers.getHeaderString(HttpHeaders.USER_AGENT),
        String.join(";", http.request().headers().getAll(HttpHeaders.COOKIE)),
        named(http.request().path()));
  }

  private static Optional<LinkId> named(String path) {
    return Arrays.stream(path.split("/")).map(LinkId::parse).flatMap(Optional::stream).findFirst();
  }

  /** The cookie of this browser, where a link is bound to it. */
  Optional<Secret> boundCookie(StoredLink link, PageRequest request) {
    return cookies.of(request, link.facts().link()).filter(own -> steps.isBoundTo(link, own));
  }

  /** A look by the secret in the address. */
  Uni<Response> byToken(String token, PageRequest request, Work work) {
    return safely(request, () -> ofToken(token, request, work));
  }

  /** A look by the cookie of that link. */
  Uni<Response> byCookie(LinkId link, PageRequest request, Work work) {
    return safely(request, () -> ofCookie(link, request, work));
  }

  /** A post by the secret in the address. */
  Uni<Response> postByToken(
      String token, HttpHeaders headers, byte[] body, PageRequest request, PostWork work) {
    return safely(
        request,
        () -> own(headers, request, () -> ofToken(token, request, reading(headers, body, work))));
  }

  private static Work reading(HttpHeaders headers, byte[] body, PostWork work) {
    SentForm sent = SentForm.read(headers.getHeaderString(HttpHeaders.CONTENT_TYPE), body);
    return (link, secret) -> work.apply(link, secret, sent);
  }

  /** A post by the cookie of a link; {@code link} may be no id of any. */
  Uni<Response> postByCookie(
      String link, HttpHeaders headers, byte[] body, PageRequest request, PostWork work) {
    return safely(
        request,
        () ->
            own(
                headers,
                request,
                () ->
                    LinkId.parse(link)
                        .map(id -> ofCookie(id, request, reading(headers, body, work)))
                        .orElseGet(() -> notices.unknown(request))));
  }

  /** A look without a link. */
  Uni<Response> withoutALink(PageRequest request) {
    return safely(request, () -> notices.notItsOwn(request));
  }

  private Uni<Response> ofToken(String token, PageRequest request, Work work) {
    if (!LinkTokens.isWellFormed(token)) {
      return notices.unknown(request);
    }
    Secret secret = Secret.of(token);
    return steps
        .ofToken(secret)
        .flatMap(
            found -> {
              if (found.isEmpty()) {
                return notices.unknown(request);
              }
              // Whoever was sent the link may look at it, and takes nothing from its holder's
              // share.
              String link = found.get().facts().link().toString();
              boolean within =
                  boundCookie(found.get(), request).isPresent()
                      ? limits.takeOfLink(link)
                      : limits.takeOfToken(link);
              return within ? work.apply(found.get(), secret) : notices.busy(request);
            });
  }

  private Uni<Response> ofCookie(LinkId link, PageRequest request, Work work) {
    Optional<Secret> cookie = cookies.of(request, link);
    if (cookie.isEmpty()) {
      return notices.notItsOwn(request);
    }
    return steps
        .ofBrowser(link, cookie.get())
        .flatMap(
            found -> {
              if (found.isEmpty()) {
                return notices.notItsOwn(request);
              }
              return limits.takeOfLink(link.toString())
                  ? work.apply(found.get(), cookie.get())
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
