package ai.pathbound.identities.identity;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.idempotency.IdempotencyKey;
import ai.pathbound.identities.idempotency.IdempotencyKeys;
import ai.pathbound.identities.idempotency.StoredResponse;
import ai.pathbound.identities.json.JsonBody;
import ai.pathbound.identities.json.Pagination;
import ai.pathbound.identities.problem.Refusal;
import ai.pathbound.identities.tenant.Caller;
import ai.pathbound.identities.tenant.CurrentCaller;
import ai.pathbound.identities.tenant.Scopes;
import ai.pathbound.identities.tenant.TenantId;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
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
import org.jboss.resteasy.reactive.server.Cancellable;

/** The identity calls. Bodies are read after the 404, hence as bytes. */
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
  private final ObjectMapper json;

  IdentityResource(
      Identities identities,
      IdentityReads reads,
      IdentityLists lists,
      CurrentCaller caller,
      IdempotencyKeys keys,
      JsonBody bodies,
      ObjectMapper json) {
    this.identities = identities;
    this.reads = reads;
    this.lists = lists;
    this.caller = caller;
    this.keys = keys;
    this.bodies = bodies;
    this.json = json;
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
        .create(who, fresh, key, this::created)
        .map(
            response ->
                ResponseBuilder.<String>create(response.status())
                    .entity(response.body())
                    .header(HttpHeaders.LOCATION, response.location())
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .build());
  }

  /** All identities of the tenant, or with {@code limit} a page of them. */
  @GET
  @RolesAllowed(Scopes.READ)
  public Uni<RestResponse<?>> list(
      @QueryParam("limit") String limit, @QueryParam("after") String after) {
    Optional<IdentityId> behind = Optional.ofNullable(after).map(IdentityResource::requireAfter);
    TenantId tenant = caller.get().tenant();
    if (limit == null && behind.isEmpty()) {
      return lists.all(tenant).map(RestResponse::ok);
    }
    int size = limit == null ? Pagination.MAX_LIMIT : Pagination.requireLimit(limit);
    return reads
        .page(tenant, behind, size + 1)
        .map(found -> RestResponse.ok(IdentityResponses.Many.page(found, size)));
  }

  /** One identity. */
  @GET
  @Path(ONE)
  @RolesAllowed(Scopes.READ)
  public Uni<IdentityResponses.One> get(@PathParam("identity_id") String id) {
    return reads.require(caller.get().tenant(), require(id)).map(IdentityResponses.One::of);
  }

  /** Changes what the body names. */
  @PUT
  @Path(ONE)
  @RolesAllowed(Scopes.WRITE)
  public Uni<IdentityResponses.One> update(@PathParam("identity_id") String id, byte[] body) {
    IdentityId identity = require(id);
    Caller who = caller.get();
    return reads
        .require(who.tenant(), identity)
        .map(found -> bodies.read(body, IdentityBody.class).asChanges())
        .flatMap(changes -> identities.update(who, identity, changes))
        .map(IdentityView::of)
        .map(IdentityResponses.One::of);
  }

  /** Deletes an identity, its LinkedIn profile and every secret of both. */
  @DELETE
  @Path(ONE)
  @RolesAllowed(Scopes.WRITE)
  public Uni<IdentityResponses.Deleted> delete(@PathParam("identity_id") String id) {
    IdentityId identity = require(id);
    return identities
        .delete(caller.get(), identity)
        .replaceWith(() -> IdentityResponses.Deleted.of(identity.toString()));
  }

  private StoredResponse created(IdentityWithProfile identity) {
    IdentityResponses.One body = IdentityResponses.One.of(IdentityView.of(identity));
    String location = PATH + "/" + body.identity().identityId();
    return StoredResponse.of(RestResponse.StatusCode.CREATED, location, body, json);
  }

  private static IdentityId require(String id) {
    return IdentityId.parse(id).orElseThrow(Refusal::notFound);
  }

  private static IdentityId requireAfter(String after) {
    return IdentityId.parse(after)
        .orElseThrow(
            () -> Refusal.invalid("after", "must be the identity_id of a list's last item"));
  }
}
