package ai.pathbound.identities.webhook.api;

import ai.pathbound.identities.id.EndpointId;
import ai.pathbound.identities.id.MessageId;
import ai.pathbound.identities.json.JsonBody;
import ai.pathbound.identities.json.Pagination;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.tenant.Caller;
import ai.pathbound.identities.tenant.CurrentCaller;
import ai.pathbound.identities.tenant.Scopes;
import ai.pathbound.identities.tenant.TenantId;
import ai.pathbound.identities.webhook.guard.AddressGuard;
import ai.pathbound.identities.webhook.guard.AddressNotAllowedException;
import ai.pathbound.identities.webhook.store.Deliveries;
import ai.pathbound.identities.webhook.store.EndpointRemoval;
import ai.pathbound.identities.webhook.store.Endpoints;
import ai.pathbound.identities.webhook.store.SecretRotation;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** The calls for endpoints. Bodies are read after the 404, hence as bytes. */
@RegisterForReflection // A 403 reads the scope off the method.
@Path(EndpointResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class EndpointResource {
  static final String PATH = "/v1/webhooks/endpoints";
  private static final String ONE = "{endpoint_id}";
  private static final String ENDPOINT = "endpoint_id";
  private static final int DEFAULT_LIMIT = 100;

  private final Endpoints endpoints;
  private final EndpointRemoval removal;
  private final SecretRotation rotation;
  private final Deliveries deliveries;
  private final AddressGuard guard;
  private final CurrentCaller caller;
  private final JsonBody bodies;

  EndpointResource(
      Endpoints endpoints,
      EndpointRemoval removal,
      SecretRotation rotation,
      Deliveries deliveries,
      AddressGuard guard,
      CurrentCaller caller,
      JsonBody bodies) {
    this.endpoints = endpoints;
    this.removal = removal;
    this.rotation = rotation;
    this.deliveries = deliveries;
    this.guard = guard;
    this.caller = caller;
    this.bodies = bodies;
  }

  /** Makes an endpoint. */
  @POST
  @RolesAllowed(Scopes.WEBHOOKS_WRITE)
  public Uni<RestResponse<WebhookResponses.WithSecret>> create(byte[] body) {
    Caller who = caller.get();
    EndpointBody fresh = bodies.read(body, EndpointBody.class).asNew();
    return requireAllowed(who.tenant(), fresh.url())
        .chain(() -> endpoints.create(who, fresh.url(), fresh.names(), fresh.text()))
        .map(
            made ->
                ResponseBuilder.create(
                        RestResponse.Status.CREATED, WebhookResponses.WithSecret.of(made))
                    .header(HttpHeaders.LOCATION, PATH + "/" + made.endpoint().id())
                    .build());
  }

  /** All endpoints of the tenant. */
  @GET
  @RolesAllowed(Scopes.WEBHOOKS_READ)
  public Uni<WebhookResponses.Many> list() {
    return endpoints.all(caller.tenant()).map(WebhookResponses.Many::of);
  }

  /** One endpoint. */
  @GET
  @Path(ONE)
  @RolesAllowed(Scopes.WEBHOOKS_READ)
  public Uni<WebhookResponses.One> get(@PathParam(ENDPOINT) String id) {
    return endpoints.require(caller.tenant(), require(id)).map(WebhookResponses.One::of);
  }

  /** Changes what the body names. */
  @PUT
  @Path(ONE)
  @RolesAllowed(Scopes.WEBHOOKS_WRITE)
  public Uni<WebhookResponses.One> update(@PathParam(ENDPOINT) String id, byte[] body) {
    EndpointId endpoint = require(id);
    Caller who = caller.get();
    return endpoints
        .require(who.tenant(), endpoint)
        .map(found -> bodies.read(body, EndpointBody.class).asChanges())
        .call(
            changes ->
                changes
                    .url()
                    .map(url -> requireAllowed(who.tenant(), url))
                    .orElseGet(Uni.createFrom()::voidItem))
        .flatMap(changes -> endpoints.update(who, endpoint, changes))
        .map(WebhookResponses.One::of);
  }

  /** Deletes an endpoint; nothing is sent to it any more once this has answered. */
  @DELETE
  @Path(ONE)
  @RolesAllowed(Scopes.WEBHOOKS_WRITE)
  public Uni<WebhookResponses.Deleted> delete(@PathParam(ENDPOINT) String id) {
    EndpointId endpoint = require(id);
    return removal
        .remove(caller.get(), endpoint)
        .replaceWith(() -> WebhookResponses.Deleted.of(endpoint.toString()));
  }

  /** Gives an endpoint a new secret. */
  @POST
  @Path(ONE + "/rotate")
  @RolesAllowed(Scopes.WEBHOOKS_WRITE)
  public Uni<WebhookResponses.WithSecret> rotate(@PathParam(ENDPOINT) String id, byte[] body) {
    EndpointId endpoint = require(id);
    Caller who = caller.get();
    return endpoints
        .require(who.tenant(), endpoint)
        .map(found -> bodies.read(body, RotationBody.class).overlap())
        .flatMap(overlap -> rotation.rotate(who, endpoint, overlap))
        .map(WebhookResponses.WithSecret::of);
  }

  /** Sends an endpoint a message for trying. */
  @POST
  @Path(ONE + "/test")
  @RolesAllowed(Scopes.WEBHOOKS_WRITE)
  public Uni<WebhookResponses.Tested> test(@PathParam(ENDPOINT) String id) {
    return deliveries
        .test(caller.tenant(), require(id))
        .map(message -> WebhookResponses.Tested.of(message.toString()));
  }

  /** What was sent to an endpoint. */
  @GET
  @Path(ONE + "/deliveries")
  @RolesAllowed(Scopes.WEBHOOKS_READ)
  public Uni<WebhookResponses.DeliveryPage> deliveries(
      @PathParam(ENDPOINT) String id,
      @QueryParam("limit") String limit,
      @QueryParam("after") String after) {
    EndpointId endpoint = require(id);
    Caller who = caller.get();
    return endpoints
        .require(who.tenant(), endpoint)
        .flatMap(
            found -> {
              Optional<MessageId> behind =
                  Optional.ofNullable(after).map(EndpointResource::requireAfter);
              int size = limit == null ? DEFAULT_LIMIT : Pagination.requireLimit(limit);
              return deliveries
                  .page(who.tenant(), endpoint, behind, size + 1)
                  .map(page -> WebhookResponses.DeliveryPage.of(page, size));
            });
  }

  /** Sends again what an endpoint did not get. */
  @POST
  @Path(ONE + "/recover")
  @RolesAllowed(Scopes.WEBHOOKS_WRITE)
  public Uni<WebhookResponses.Recovered> recover(@PathParam(ENDPOINT) String id, byte[] body) {
    EndpointId endpoint = require(id);
    Caller who = caller.get();
    return endpoints
        .require(who.tenant(), endpoint)
        .map(found -> bodies.read(body, RecoveryBody.class).time())
        .flatMap(since -> deliveries.recover(who.tenant(), endpoint, since))
        .map(WebhookResponses.Recovered::of);
  }

  private Uni<Void> requireAllowed(TenantId tenant, String url) {
    return guard
        .check(tenant, url)
        .onFailure(AddressNotAllowedException.class)
        .transform(
            no ->
                RefusalException.of(
                    RefusalException.Kind.INVALID,
                    "url_not_allowed",
                    "Nothing can be sent to this URL: " + no.getMessage() + "."));
  }

  private static EndpointId require(String id) {
    return EndpointId.parse(id).orElseThrow(RefusalException::notFound);
  }

  private static MessageId requireAfter(String after) {
    return MessageId.parse(after)
        .orElseThrow(
            () ->
                RefusalException.invalid("after", "must be the message_id of a list's last item"));
  }
}
