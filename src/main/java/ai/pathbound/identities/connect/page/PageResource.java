package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.connect.ConnectAddress;
import ai.pathbound.identities.connect.link.HolderSteps;
import ai.pathbound.identities.connect.link.LinkStatus;
import ai.pathbound.identities.connect.link.LinkTokens;
import ai.pathbound.identities.connect.link.StoredLink;
import ai.pathbound.identities.secret.Secret;
import io.smallrye.mutiny.Uni;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** The page of connect links, as browsers ask for it. */
@Path(ConnectAddress.PATH)
@PermitAll
public class PageResource {
  private static final String TOKEN = "token";
  private static final String FORM = "form";

  private final ConnectAddress address;
  private final HolderSteps steps;
  private final HolderForms forms;
  private final LinkPages pages;
  private final PageNotices notices;
  private final PageLimits limits;
  private final BrowserCookie cookies;

  PageResource(
      ConnectAddress address,
      HolderSteps steps,
      HolderForms forms,
      LinkPages pages,
      PageNotices notices,
      PageLimits limits,
      BrowserCookie cookies) {
    this.address = address;
    this.steps = steps;
    this.forms = forms;
    this.pages = pages;
    this.notices = notices;
    this.limits = limits;
    this.cookies = cookies;
  }

  /** Shows a link; changes nothing, whoever looks. */
  @GET
  @Path("{token}")
  public Uni<Response> look(
      @PathParam(TOKEN) String token, @Context HttpHeaders headers, @Context RoutingContext http) {
    PageRequest request = request(headers, http);
    return safely(
        request,
        () ->
            ofToken(
                token,
                request,
                (link, secret) ->
                    link.status() == LinkStatus.PENDING
                        ? pages.consent(link, secret, request)
                        : notPending(link, request)));
  }

  /** Consents. */
  @POST
  @Path("{token}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Uni<Response> consent(
      @PathParam(TOKEN) String token,
      @FormParam(FORM) String form,
      @Context HttpHeaders headers,
      @Context RoutingContext http) {
    PageRequest request = request(headers, http);
    return safely(
        request,
        () ->
            own(
                headers,
                request,
                () ->
                    ofToken(
                        token,
                        request,
                        (link, secret) ->
                            link.status() == LinkStatus.PENDING
                                ? forms.consent(link, secret, form, request)
                                : notPending(link, request))));
  }

  /** Shows how the link stands that is bound to this browser. */
  @GET
  public Uni<Response> page(@Context HttpHeaders headers, @Context RoutingContext http) {
    PageRequest request = request(headers, http);
    return safely(
        request,
        () ->
            ofCookie(
                request,
                (link, cookie) ->
                    pages.standing(link, cookie, request, texts -> Optional.empty())));
  }

  /** Submits username and password. */
  @POST
  @Path("credentials")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Uni<Response> credentials(
      @FormParam(FORM) String form,
      @FormParam("username") String username,
      @FormParam("password") String password,
      @Context HttpHeaders headers,
      @Context RoutingContext http) {
    PageRequest request = request(headers, http);
    return safely(
        request,
        () ->
            own(
                headers,
                request,
                () ->
                    ofCookie(
                        request,
                        (link, cookie) ->
                            forms.credentials(link, cookie, form, username, password, request))));
  }

  /** Submits a code. */
  @POST
  @Path("code")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Uni<Response> code(
      @FormParam(FORM) String form,
      @FormParam("code") String code,
      @Context HttpHeaders headers,
      @Context RoutingContext http) {
    PageRequest request = request(headers, http);
    return safely(
        request,
        () ->
            own(
                headers,
                request,
                () ->
                    ofCookie(
                        request,
                        (link, cookie) -> forms.code(link, cookie, form, code, request))));
  }

  private Uni<Response> notPending(StoredLink link, PageRequest request) {
    boolean bound = request.cookie().filter(own -> steps.isBoundTo(link, own)).isPresent();
    if (bound) {
      return Uni.createFrom().item(notices.toThePage());
    }
    return link.status().isTerminal()
        ? pages.gone(link, request)
        : pages.elsewhere(link, request);
  }

  private Uni<Response> ofToken(
      String token, PageRequest request, BiFunction<StoredLink, Secret, Uni<Response>> work) {
    if (!LinkTokens.isWellFormed(token)) {
      return notices.unknown(request);
    }
    Secret secret = Secret.of(token);
    return found(steps.ofToken(secret), secret, request, work);
  }

  private Uni<Response> ofCookie(
      PageRequest request, BiFunction<StoredLink, Secret, Uni<Response>> work) {
    return request
        .cookie()
        .map(cookie -> found(steps.ofBrowser(cookie), cookie, request, work))
        .orElseGet(() -> notices.unknown(request));
  }

  private Uni<Response> found(
      Uni<Optional<StoredLink>> finding,
      Secret secret,
      PageRequest request,
      BiFunction<StoredLink, Secret, Uni<Response>> work) {
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

  /** Goes on where the page itself posts. */
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
    if (!limits.takeOfAddress(request.address().orElse(""))) {
      return notices.busy(request);
    }
    return Uni.createFrom()
        .deferred(work::get)
        .onFailure()
        .recoverWithUni(failure -> notices.trouble(failure, request));
  }

  private PageRequest request(HttpHeaders headers, RoutingContext http) {
    return new PageRequest(
        PageLanguages.accepted(headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE)),
        Optional.ofNullable(http.request().remoteAddress()).map(SocketAddress::hostAddress),
        headers.getHeaderString(HttpHeaders.USER_AGENT),
        address.isConfigured() ? cookies.of(headers) : Optional.empty());
  }
}
