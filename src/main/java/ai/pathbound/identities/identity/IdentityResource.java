package ai.pathbound.identities.identity;

import ai.pathbound.identities.conditional.EntityTags;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.idempotency.IdempotencyKey;
import ai.pathbound.identities.idempotency.IdempotencyKeys;
import ai.pathbound.identities.json.JsonBody;
import ai.pathbound.identities.json.Pagination;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.tenant.Caller;
import ai.pathbound.identities.tenant.CurrentCaller;
import ai.pathbound.identities.tenant.Scopes;
import ai.pathbound.identities.tenant.TenantId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The identity calls. Bodies are read after the 404 and the 412, hence as bytes. */
@RegisterForReflection // A 403 reads the scope off the method.
// A call finishes even if the client hangs up: a cancelled transaction would leave its Hibernate
// Reactive session in use by two.
@Cancellable(false)
@Path(IdentityResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class IdentityResource {
  static final String PATH = "/v1/identities";
  private static final String ONE = "{identity_id}";

  private final Identities identities;
  private final IdentityReads reads;
  private final IdentityLists lists;
  private final CurrentCaller caller;
  private final IdempotencyKeys keys;
  private final JsonBody bodies;
  private final IdentityRepresentations representations;

  IdentityResource(
      Identities identities,
      IdentityReads reads,
      IdentityLists lists,
      CurrentCaller caller,
      IdempotencyKeys keys,
      JsonBody bodies,
      IdentityRepresentations representations) {
    this.identities = identities;
    this.reads = reads;
    this.lists = lists;
    this.caller = caller;
    this.keys = keys;
    this.bodies = bodies;
    this.representations = representations;
  }

  /** Creates an identity. */
  @POST
  @RolesAllowed(Scopes.WRITE)
  public Uni<RestResponse<String>> create(byte[] body, @Context RoutingContext request) {
    NewIdentity fresh = bodies.read(body, IdentityBody.class).asNew();
    Caller who = caller.get();
    Optional<IdempotencyKey> key =
        keys.of(
            who, "POST " + PATH, request.request().headers().getAll(IdempotencyKey.HEADER), body);
    return identities
        .create(who, fresh, key, representations::toStore)
        .map(representations::created);
  }

  /** All identities of the tenant, or with {@code limit} a page of them. */
  @GET
  @RolesAllowed(Scopes.READ)
  public Uni<RestResponse<?>> list(
      @QueryParam("limit") String limit, @QueryParam("after") String after) {
    Optional<IdentityId> behind = Optional.ofNullable(after).map(IdentityResource::requireAfter);
    TenantId tenant = caller.tenant();
    if (limit == null && behind.isEmpty()) {
      return lists.all(tenant).map(RestResponse::ok);
    }
    int size = limit == null ? Pagination.MAX_LIMIT : Pagination.requireLimit(limit);
    return reads
        .page(tenant, behind, size + 1)
        .map(found -> RestResponse.ok(IdentityResponses.Many.page(found, size)));
  }

  /** One identity, where it is not as the client has seen it. */
  @GET
  @Path(ONE)
  @RolesAllowed(Scopes.READ)
  public Uni<RestResponse<String>> get(
      @PathParam("identity_id") String id,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) List<String> seen) {
    return reads
        .require(caller.tenant(), require(id))
        .map(found -> representations.found(found, EntityTags.of(seen)));
  }

  /** Changes what the body names, where the identity is of the version that the client means. */
  @PUT
  @Path(ONE)
  @RolesAllowed(Scopes.WRITE)
  public Uni<RestResponse<String>> update(
      @PathParam("identity_id") String id, @Context HttpHeaders headers, byte[] body) {
    return identities
        .update(
            caller.get(),
            require(id),
            IfMatch.of(headers),
            stored -> bodies.read(body, IdentityBody.class).asChanges(stored.role()))
        .map(IdentityView::of)
        .map(representations::changed);
  }

  /** Deletes an identity, its LinkedIn profile and every secret of both. */
  @DELETE
  @Path(ONE)
  @RolesAllowed(Scopes.WRITE)
  public Uni<IdentityResponses.Deleted> delete(
      @PathParam("identity_id") String id, @Context HttpHeaders headers) {
    IdentityId identity = require(id);
    return identities
        .delete(caller.get(), identity, IfMatch.of(headers))
        .replaceWith(() -> IdentityResponses.Deleted.of(identity.toString()));
  }

  private static IdentityId require(String id) {
    return IdentityId.parse(id).orElseThrow(RefusalException::notFound);
  }

  private static IdentityId requireAfter(String after) {
    return IdentityId.parse(after)
        .orElseThrow(
            () ->
                RefusalException.invalid("after", "must be the identity_id of a list's last item"));
  }
}
