package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.connect.ConnectAddress;
import ai.pathbound.identities.connect.link.HolderSteps;
import ai.pathbound.identities.connect.link.LinkStatus;
import ai.pathbound.identities.connect.page.PageChanges.Seen;
import ai.pathbound.identities.id.LinkId;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** The page of connect links, as browsers ask for it. */
@Path(ConnectAddress.PATH)
@PermitAll
public class PageResource {
  private static final String AFTER = "after";

  /** Asks for the page once it shows something else than the version that follows. */
  static final String AFTER_QUERY = "?" + AFTER + "=";

  private static final String TOKEN = "token";
  private static final String LINK = "link";

  private final PageEntrance entrance;
  private final HolderSteps steps;
  private final ConsentForm consents;
  private final HolderForms forms;
  private final LinkPages pages;
  private final PageChanges changes;
  private final PageNotices notices;

  PageResource(
      PageEntrance entrance,
      HolderSteps steps,
      ConsentForm consents,
      HolderForms forms,
      LinkPages pages,
      PageChanges changes,
      PageNotices notices) {
    this.entrance = entrance;
    this.steps = steps;
    this.consents = consents;
    this.forms = forms;
    this.pages = pages;
    this.changes = changes;
    this.notices = notices;
  }

  /**
   * Shows a link by its token, which changes nothing, whoever looks; or, by its id, how the link
   * stands that is bound to this browser.
   *
   * @param name the token or the id
   * @param shown the version that the browser shows: the answer is held until there is another one
   */
  @GET
  @Path("{token}")
  public Uni<Response> look(
      @PathParam(TOKEN) String name,
      @QueryParam(AFTER) String shown,
      @Context HttpHeaders headers,
      @Context RoutingContext http) {
    PageRequest request = entrance.request(headers, http);
    return LinkId.parse(name)
        .map(id -> shown == null ? standing(id, request) : standingAfter(id, shown, request))
        .orElseGet(
            () ->
                entrance.byToken(
                    name,
                    request,
                    (link, secret) ->
                        link.status() == LinkStatus.PENDING
                            ? pages.consent(link, request, Optional.empty())
                            : entrance
                                .boundCookie(link, request)
                                .map(cookie -> notices.toThePage(link.facts().link()))
                                .map(Uni.createFrom()::item)
                                .orElseGet(() -> pages.closed(link, request))));
  }

  /** Consents; sent again by the browser that did, it does nothing more. */
  @POST
  @Path("{token}")
  public Uni<Response> consent(
      @PathParam(TOKEN) String token,
      @Context HttpHeaders headers,
      @Context RoutingContext http,
      byte[] body) {
    PageRequest request = entrance.request(headers, http);
    return entrance.postByToken(
        token,
        headers,
        body,
        request,
        (link, secret, sent) ->
            link.status() == LinkStatus.PENDING
                ? consents.post(link, sent.token(), request)
                : entrance
                    .boundCookie(link, request)
                    .map(cookie -> consents.opened(link, cookie))
                    .map(Uni.createFrom()::item)
                    .orElseGet(() -> pages.closed(link, request)));
  }

  /** Where the page was in the release before: its links are still to be opened by their tokens. */
  @GET
  public Uni<Response> page(@Context HttpHeaders headers, @Context RoutingContext http) {
    PageRequest request = entrance.request(headers, http);
    return entrance.withoutALink(request);
  }

  private Uni<Response> standing(LinkId id, PageRequest request) {
    return entrance.byCookie(
        id, request, (link, cookie) -> pages.standing(LinkView.of(link, cookie, request)));
  }

  private Uni<Response> standingAfter(LinkId id, String shown, PageRequest request) {
    return entrance.byCookie(
        id,
        request,
        (link, cookie) ->
            changes
                .after(shown, link, cookie)
                .flatMap(
                    seen ->
                        steps
                            .ofBrowser(id, cookie)
                            .flatMap(
                                found ->
                                    found
                                        .map(
                                            present ->
                                                pages.standing(
                                                    LinkView.of(present, cookie, request)
                                                        .reloading(reload(seen))))
                                        .orElseGet(() -> notices.notItsOwn(request)))));
  }

  private static Reload reload(Seen seen) {
    return seen == Seen.NOT_HELD ? Reload.BY_HAND : Reload.HELD;
  }

  /** Tells the page's script of one change, by an event of the WHATWG's server-sent events. */
  @GET
  @Path("{link}/events")
  public Uni<Response> events(
      @PathParam(LINK) String name,
      @QueryParam(AFTER) String shown,
      @Context HttpHeaders headers,
      @Context RoutingContext http) {
    PageRequest request = entrance.request(headers, http);
    return LinkId.parse(name)
        .map(
            id ->
                entrance.byCookie(
                    id,
                    request,
                    (link, cookie) ->
                        changes.after(String.valueOf(shown), link, cookie).map(PageEvents::answer)))
        .orElseGet(() -> notices.unknown(request));
  }

  /** Where a browser's address bar stands after a form that had to be shown again. */
  @GET
  @Path("{link}/{step: credentials|code|resend|other}")
  public Uni<Response> afterAForm(
      @PathParam(LINK) String name, @Context HttpHeaders headers, @Context RoutingContext http) {
    return LinkId.parse(name)
        .map(id -> Uni.createFrom().item(notices.toThePage(id)))
        .orElseGet(() -> notices.unknown(entrance.request(headers, http)));
  }

  /** Submits username and password. */
  @POST
  @Path("{link}/credentials")
  public Uni<Response> credentials(
      @PathParam(LINK) String name,
      @Context HttpHeaders headers,
      @Context RoutingContext http,
      byte[] body) {
    PageRequest request = entrance.request(headers, http);
    return entrance.postByCookie(
        name,
        headers,
        body,
        request,
        (link, cookie, sent) ->
            forms.credentials(
                link,
                cookie,
                sent.token(),
                sent.field(FormProblem.USERNAME),
                sent.field(FormProblem.PASSWORD),
                request));
  }

  /** Submits a code. */
  @POST
  @Path("{link}/code")
  public Uni<Response> code(
      @PathParam(LINK) String name,
      @Context HttpHeaders headers,
      @Context RoutingContext http,
      byte[] body) {
    PageRequest request = entrance.request(headers, http);
    return entrance.postByCookie(
        name,
        headers,
        body,
        request,
        (link, cookie, sent) ->
            forms.code(link, cookie, sent.token(), sent.field("code"), request));
  }
}
