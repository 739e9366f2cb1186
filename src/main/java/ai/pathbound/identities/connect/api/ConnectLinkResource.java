package ai.pathbound.identities.connect.api;

import ai.pathbound.identities.connect.ConnectAddress;
import ai.pathbound.identities.connect.link.ConnectLinks;
import ai.pathbound.identities.connect.link.LinkEndings;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.LinkId;
import ai.pathbound.identities.idempotency.IdempotencyKey;
import ai.pathbound.identities.idempotency.StoredResponse;
import ai.pathbound.identities.json.JsonBody;
import ai.pathbound.identities.json.Pagination;
import ai.pathbound.identities.login.store.LoginStore;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.tenant.Caller;
import ai.pathbound.identities.tenant.CurrentCaller;
import ai.pathbound.identities.tenant.Scopes;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** The calls for connect links. Bodies are read after the 404, hence as bytes. */
@RegisterForReflection // A 403 reads the scope off the method.
@Path("/v1/identities/{identity_id}/linkedin/connect-links")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Scopes.WRITE)
public class ConnectLinkResource {
  private static final String IDENTITY = "identity_id";
  private static final String LINK = "link_id";
  private static final int DEFAULT_LIMIT = 100;

  private final CurrentCaller caller;
  private final ConnectAddress address;
  private final JsonBody bodies;
  private final LoginStore logins;
  private final LinkCreation creation;
  private final ConnectLinks links;
  private final LinkEndings endings;

  ConnectLinkResource(
      CurrentCaller caller,
      ConnectAddress address,
      JsonBody bodies,
      LoginStore logins,
      LinkCreation creation,
      ConnectLinks links,
      LinkEndings endings) {
    this.caller = caller;
    this.address = address;
    this.bodies = bodies;
    this.logins = logins;
    this.creation = creation;
    this.links = links;
    this.endings = endings;
  }

  static String path(IdentityId identity) {
    return "/v1/identities/" + identity + "/linkedin/connect-links";
  }

  /** Makes a link. */
  @POST
  public Uni<RestResponse<String>> create(
      @PathParam(IDENTITY) String identityId, byte[] body, @Context HttpHeaders headers) {
    Caller who = caller();
    IdentityId identity = identity(identityId);
    return logins
        .requireIdentity(who.tenant(), identity)
        .map(found -> bodies.read(body, ConnectLinkBody.class).validate())
        .flatMap(
            link ->
                creation.create(
                    who, identity, link, headers.getRequestHeader(IdempotencyKey.HEADER), body))
        .map(ConnectLinkResource::respond);
  }

  private static RestResponse<String> respond(StoredResponse stored) {
    return ResponseBuilder.<String>create(stored.status())
        .header(HttpHeaders.LOCATION, stored.location())
        .entity(stored.body())
        .type(MediaType.APPLICATION_JSON_TYPE)
        .build();
  }

  /** An identity's links. */
  @GET
  public Uni<ConnectResponses.Many> list(
      @PathParam(IDENTITY) String identityId,
      @QueryParam("limit") String limit,
      @QueryParam("after") String after) {
    Caller who = caller();
    IdentityId identity = identity(identityId);
    return logins
        .requireIdentity(who.tenant(), identity)
        .flatMap(
            found -> {
              Optional<LinkId> behind =
                  Optional.ofNullable(after).map(ConnectLinkResource::requireAfter);
              int size = limit == null ? DEFAULT_LIMIT : Pagination.requireLimit(limit);
              return links
                  .page(who.tenant(), identity, behind, size + 1)
                  .map(page -> ConnectResponses.Many.of(identity.toString(), page, size));
            });
  }

  /** One link. */
  @GET
  @Path("{link_id}")
  public Uni<ConnectResponses.One> get(
      @PathParam(IDENTITY) String identityId, @PathParam(LINK) String linkId) {
    Caller who = caller();
    return links
        .require(who.tenant(), identity(identityId), link(linkId))
        .map(ConnectResponses.One::of);
  }

  /** Takes a link back; a login that it was submitted to is cancelled. */
  @DELETE
  @Path("{link_id}")
  public Uni<ConnectResponses.One> revoke(
      @PathParam(IDENTITY) String identityId, @PathParam(LINK) String linkId) {
    Caller who = caller();
    return endings.revoke(who, identity(identityId), link(linkId)).map(ConnectResponses.One::of);
  }

  private Caller caller() {
    Caller who = caller.get();
    address.requireOrigin();
    return who;
  }

  private static IdentityId identity(String id) {
    return IdentityId.parse(id).orElseThrow(RefusalException::notFound);
  }

  private static LinkId link(String id) {
    return LinkId.parse(id).orElseThrow(RefusalException::notFound);
  }

  private static LinkId requireAfter(String after) {
    return LinkId.parse(after)
        .orElseThrow(
            () -> RefusalException.invalid("after", "must be the link_id of a list's last item"));
  }
}
