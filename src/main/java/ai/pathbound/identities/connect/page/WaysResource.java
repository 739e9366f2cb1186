package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.connect.ConnectAddress;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** What a holder may ask of a challenge on the page of connect links beside answering it. */
@Path(ConnectAddress.PATH)
@PermitAll
public class WaysResource {
  private static final String LINK = "link";

  private final PageEntrance entrance;
  private final WaysForms forms;

  WaysResource(PageEntrance entrance, WaysForms forms) {
    this.entrance = entrance;
    this.forms = forms;
  }

  /** Has LinkedIn send again. */
  @POST
  @Path("{link}/resend")
  public Uni<Response> resend(
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
        (link, cookie, sent) -> forms.resend(link, cookie, sent.token(), request));
  }

  /** Has LinkedIn raise another challenge. */
  @POST
  @Path("{link}/other")
  public Uni<Response> other(
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
            forms.other(link, cookie, sent.token(), sent.field("kind"), request));
  }
}
