package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.connect.ConnectAddress;
import ai.pathbound.identities.connect.link.HolderSteps;
import ai.pathbound.identities.connect.link.LinkStatus;
import ai.pathbound.identities.connect.link.StoredLink;
import ai.pathbound.identities.connect.page.PageChanges.Seen;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The page of connect links, as browsers ask for it. */
@Path(ConnectAddress.PATH)
@PermitAll
public class PageResource {
  private static final String AFTER = "after";

  /** The page once it shows something else than the version that follows. */
  static final String AFTER_PATH = ConnectAddress.PATH + "?" + AFTER + "=";

  private static final String TOKEN = "token";
  private static final String FORM = "form";

  private final PageEntrance entrance;
  private final HolderSteps steps;
  private final HolderForms forms;
  private final LinkPages pages;
  private final PageChanges changes;
  private final PageNotices notices;

  PageResource(
      PageEntrance entrance,
      HolderSteps steps,
      HolderForms forms,
      LinkPages pages,
      PageChanges changes,
      PageNotices notices) {
    this.entrance = entrance;
    this.steps = steps;
    this.forms = forms;
    this.pages = pages;
    this.changes = changes;
    this.notices = notices;
  }

  /** Shows a link; changes nothing, whoever looks. */
  @GET
  @Path("{token}")
  public Uni<Response> look(
      @PathParam(TOKEN) String token, @Context HttpHeaders headers, @Context RoutingContext http) {
    PageRequest request = entrance.request(headers, http);
    return entrance.byToken(
        token,
        request,
        (link, secret) ->
            link.status() == LinkStatus.PENDING
                ? pages.consent(link, secret, request)
                : notPending(link, request));
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
    PageRequest request = entrance.request(headers, http);
    return entrance.postByToken(
        token,
        headers,
        request,
        (link, secret) ->
            link.status() == LinkStatus.PENDING
                ? forms.consent(link, secret, form, request)
                : notPending(link, request));
  }

  /**
   * Shows how the link stands that is bound to this browser.
   *
   * @param shown the version that the browser shows: the answer is held until there is another one
   */
  @GET
  public Uni<Response> page(
      @QueryParam(AFTER) String shown, @Context HttpHeaders headers, @Context RoutingContext http) {
    PageRequest request = entrance.request(headers, http);
    if (shown == null) {
      return entrance.byCookie(
          request, (link, cookie) -> pages.standing(LinkView.of(link, cookie, request)));
    }
    return entrance.byCookie(
        request,
        (link, cookie) ->
            changes
                .after(shown, link, cookie)
                .flatMap(
                    seen ->
                        steps
                            .ofBrowser(cookie)
                            .flatMap(
                                found ->
                                    found
                                        .map(
                                            present ->
                                                pages.standing(
                                                    LinkView.of(present, cookie, request)
                                                        .reloading(reload(seen))))
                                        .orElseGet(() -> notices.unknown(request)))));
  }

  private static Reload reload(Seen seen) {
    return seen == Seen.NOT_HELD ? Reload.LATER : Reload.HELD;
  }

  /** Tells the page's script of one change, by an event of the WHATWG's server-sent events. */
  @GET
  @Path("events")
  public Uni<Response> events(
      @QueryParam(AFTER) String shown, @Context HttpHeaders headers, @Context RoutingContext http) {
    PageRequest request = entrance.request(headers, http);
    return entrance.byCookie(
        request,
        (link, cookie) ->
            changes.after(String.valueOf(shown), link, cookie).map(PageEvents::answer));
  }

  /** Where a browser's address bar stands after a form that had to be shown again. */
  @GET
  @Path("{step: credentials|code}")
  @NonBlocking
  public Response afterAForm() {
    return notices.toThePage();
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
    PageRequest request = entrance.request(headers, http);
    return entrance.postByCookie(
        headers,
        request,
        (link, cookie) -> forms.credentials(link, cookie, form, username, password, request));
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
    PageRequest request = entrance.request(headers, http);
    return entrance.postByCookie(
        headers, request, (link, cookie) -> forms.code(link, cookie, form, code, request));
  }

  private Uni<Response> notPending(StoredLink link, PageRequest request) {
    if (request.cookie().filter(own -> steps.isBoundTo(link, own)).isPresent()) {
      return Uni.createFrom().item(notices.toThePage());
    }
    return link.status().isTerminal() ? pages.gone(link, request) : pages.elsewhere(link, request);
  }
}
